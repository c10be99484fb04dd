package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks the certificate that the server shows. */
public final class CertificateCheck {
  private static final String NAME = "certificate";
  private static final Duration SOON = Duration.ofDays(21);

  private CertificateCheck() {}

  static List<Check> all() {
    return List.of(
        new Check(
            NAME,
            false,
            facts -> judge(facts.network().certificate(), facts.clocks().now()),
            facts ->
                NetworkChecks.withCertificate(
                    facts,
                    new ServedCertificate(
                        SiteConfig.TlsMode.FILES,
                        "lernhof.example",
                        List.of("lernhof.example"),
                        Optional.of(
                            new ServedCertificate.Life(
                                facts.clocks().now().minus(Duration.ofDays(90)),
                                facts.clocks().now().minus(Duration.ofDays(1)))),
                        true,
                        Optional.empty()))));
  }

  /** What to make of a certificate at that time; without one there is nothing to say. */
  public static CheckResult judge(Optional<ServedCertificate> served, Instant now) {
    if (served.isEmpty()) {
      return ok(NAME, "none is needed now");
    }
    ServedCertificate certificate = served.get();
    String replace = replace(certificate);
    if (certificate.life().isEmpty()) {
      return failed(
          NAME,
          "NC-TLS-FILES",
          certificate.trouble().map(Problem::message).orElse("it cannot be read"),
          replace);
    }
    ServedCertificate.Life life = certificate.life().get();
    if (!life.until().isAfter(now)) {
      return failed(
          NAME, "NC-TLS-EXPIRED", "the certificate ended on " + date(life.until()), replace);
    }
    if (!certificate.matches()) {
      return warning(
          NAME,
          "NC-TLS-NAME",
          "the certificate is for %s, not for %s"
              .formatted(String.join(", ", certificate.names()), certificate.host()),
          certificate.own()
              ? replace
              : "correct server.domain, or get a certificate for that name");
    }
    return lasting(certificate, life, now);
  }

  private static CheckResult lasting(
      ServedCertificate certificate, ServedCertificate.Life life, Instant now) {
    if (!certificate.shown()) {
      return warning(
          NAME,
          "NC-TLS-SHOWN",
          "the server shows another certificate than the one in its files",
          "nanoctl restart");
    }
    long days = Duration.between(now, life.until()).toDays();
    if (life.until().isBefore(now.plus(soon(life)))) {
      return warning(
          NAME,
          "NC-TLS-EXPIRES",
          "the certificate ends in %d days".formatted(days)
              + certificate.trouble().map(why -> "; " + why.message()).orElse(""),
          certificate.trouble().map(Problem::fix).orElseGet(() -> replace(certificate)));
    }
    return certificate
        .trouble()
        .map(why -> warning(NAME, why.code(), why.message(), why.fix()))
        .orElseGet(() -> ok(NAME, "valid for %d more days".formatted(days)));
  }

  /** Three weeks before its end, or when a quarter is left of one that lives for days only. */
  private static Duration soon(ServedCertificate.Life life) {
    Duration quarter = Duration.between(life.from(), life.until()).dividedBy(4);
    return quarter.compareTo(SOON) < 0 ? quarter : SOON;
  }

  private static String replace(ServedCertificate certificate) {
    return switch (certificate.mode()) {
      case OFF, SELF_SIGNED -> "nanoctl restart";
      case ACME -> "nanoctl certs renew";
      case FILES -> "nanoctl certs import --certificate FILE --key FILE";
    };
  }

  private static String date(Instant instant) {
    return instant.toString().substring(0, 10);
  }
}
