package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.Problem;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/** What an authority's refusals (RFC 8555, section 6.7) mean for whoever runs the site. */
final class AcmeProblems {
  private static final String PREFIX = "urn:ietf:params:acme:error:";
  private static final String AGAIN = "nanoctl certs renew tries again at once";
  private static final int LONGEST_DETAIL = 400;

  private AcmeProblems() {}

  /**
   * Why a certificate was not got.
   *
   * @param notBefore until when the authority wants to be left alone, if it said so
   */
  record Refusal(Problem problem, Optional<Instant> notBefore) {
    Refusal(Problem problem) {
      this(problem, Optional.empty());
    }
  }

  /** What went wrong on the way to the authority, or there. */
  static Refusal of(AcmeException failure, String domain, URI directory) {
    return switch (failure) {
      case AcmeRateLimitedException limited -> rateLimited(limited);
      case AcmeUserActionRequiredException action -> new Refusal(terms(detail(action)));
      case AcmeServerException refused ->
          new Refusal(refusal(String.valueOf(refused.getType()), detail(refused), domain));
      case AcmeNetworkException lost -> new Refusal(unreachable(directory, reason(lost)));
      case AcmeException other ->
          new Refusal(
              problem(
                  "NC-ACME-FAILED", "the authority gave no certificate: " + reason(other), AGAIN));
    };
  }

  /** The authority did not answer. */
  static Problem unreachable(URI directory, String why) {
    return problem(
        "NC-ACME-AUTHORITY",
        "the authority at %s does not answer: %s".formatted(directory.getHost(), why),
        "let this machine reach %s by HTTPS; it is tried again by itself"
            .formatted(directory.getHost()));
  }

  /** What an error of that type means; the authority's own words follow. */
  static Problem refusal(String type, String detail, String domain) {
    String kind = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    String words = shortened(detail);
    return switch (kind) {
      case "dns" ->
          problem(
              "NC-ACME-DNS",
              "the authority finds no address of %s: %s".formatted(domain, words),
              "let the DNS name %s point to this machine; then: nanoctl certs renew"
                  .formatted(domain));
      case "connection", "tls" ->
          problem(
              "NC-ACME-UNREACHABLE",
              "the authority cannot reach %s by HTTP: %s".formatted(domain, words),
              "open port 80 for everyone, in the firewall and at the provider; then: nanoctl certs"
                  + " renew");
      case "unauthorized", "incorrectResponse" ->
          problem(
              "NC-ACME-WRONG-ANSWER",
              "another server answers for %s: %s".formatted(domain, words),
              "let the DNS name %s (A and AAAA) point to this machine only; then: nanoctl certs"
                      .formatted(domain)
                  + " renew");
      case "caa" ->
          problem(
              "NC-ACME-CAA",
              "DNS does not allow this authority to issue for %s: %s".formatted(domain, words),
              "add the authority to the CAA record of %s, or remove that record".formatted(domain));
      case "rejectedIdentifier", "unsupportedIdentifier" ->
          problem(
              "NC-ACME-NAME",
              "the authority issues nothing for %s: %s".formatted(domain, words),
              "set server.domain to a public name of yours");
      case "badPublicKey", "accountDoesNotExist", "externalAccountRequired", "badCSR" ->
          problem(
              "NC-ACME-FAILED",
              "the authority refuses (%s): %s".formatted(kind, words),
              "see server.tls.acme.directory; Let's Encrypt needs nothing but its address");
      default ->
          problem(
              "NC-ACME-FAILED",
              "the authority gave no certificate (%s): %s".formatted(kind, words),
              AGAIN);
    };
  }

  private static Refusal rateLimited(AcmeRateLimitedException limited) {
    Optional<Instant> again = limited.getRetryAfter();
    String when =
        again.map(time -> "not before " + time.truncatedTo(ChronoUnit.SECONDS)).orElse("later");
    return new Refusal(
        problem(
            "NC-ACME-RATE-LIMITED",
            "too many certificates were asked for, try again %s: %s"
                .formatted(when, detail(limited)),
            "wait; nanoctl tries again by itself %s".formatted(when)),
        again);
  }

  private static Problem terms(String detail) {
    return problem(
        "NC-ACME-FAILED",
        "the authority wants its terms accepted by hand: " + detail,
        "follow what it says, then: nanoctl certs renew");
  }

  private static String detail(AcmeServerException refused) {
    return shortened(refused.getProblem().toString());
  }

  private static String reason(AcmeException failure) {
    Throwable cause = failure.getCause();
    String words =
        cause == null || cause.getMessage() == null ? failure.getMessage() : cause.getMessage();
    return words == null ? failure.getClass().getSimpleName() : shortened(words);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "…" : line;
  }

  static Problem problem(String code, String message, String fix) {
    return new Problem.Unavailable(code, message, fix);
  }
}
