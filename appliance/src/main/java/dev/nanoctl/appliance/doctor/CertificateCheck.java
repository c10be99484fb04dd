package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.tls.ServedCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks the certificate that the server shows. */
public final class CertificateCheck {
  private static final String NAME = "certificate";
  private static final Duration SOON = Duration.ofDays(14);

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
                        false,
                        "lernhof.example",
                        List.of("lernhof.example"),
                        Optional.of(facts.clocks().now().minus(Duration.ofDays(1))),
                        ""))));
  }

  /** What to make of a certificate at that time; without one there is nothing to say. */
  public static CheckResult judge(Optional<ServedCertificate> served, Instant now) {
    if (served.isEmpty()) {
      return ok(NAME, "none is needed now");
    }
    ServedCertificate certificate = served.get();
    String replace =
        certificate.own()
            ? "nanoctl restart"
            : "put a new certificate and its key in place; the server takes it within a minute";
    if (certificate.until().isEmpty()) {
      return failed(NAME, "NC-TLS-FILES", certificate.problem(), replace);
    }
    Instant until = certificate.until().get();
    long days = Duration.between(now, until).toDays();
    if (!until.isAfter(now)) {
      return failed(NAME, "NC-TLS-EXPIRED", "the certificate ended on " + date(until), replace);
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
    return until.isBefore(now.plus(SOON))
        ? warning(
            NAME, "NC-TLS-EXPIRES", "the certificate ends in %d days".formatted(days), replace)
        : ok(NAME, "valid for %d more days".formatted(days));
  }

  private static String date(Instant instant) {
    return instant.toString().substring(0, 10);
  }
}
