package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.Pem;
import dev.nanoctl.core.Problem;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a certificate and a key that someone wants to be served. */
final class ImportCheck {
  private static final String NOTHING_CHANGED = "nothing was changed; ";

  private ImportCheck() {}

  /** All that is wrong; empty when it can be served for that host now. */
  static List<Problem> problems(TlsPair pair, String host, Instant now) {
    var problems = new ArrayList<Problem>();
    X509Certificate leaf = pair.leaf();
    if (!pair.fits()) {
      problems.add(
          problem(
              "NC-TLS-FILES",
              "the key is not the first certificate's",
              "give the key that the certificate was asked for with, and that certificate first"));
    }
    chain(pair.chain(), problems);
    if (!leaf.getNotAfter().toInstant().isAfter(now)) {
      problems.add(
          problem(
              "NC-TLS-EXPIRED",
              "the certificate ended on " + day(leaf.getNotAfter().toInstant()),
              "get a new one"));
    } else if (leaf.getNotBefore().toInstant().isAfter(now)) {
      problems.add(
          problem(
              "NC-TLS-EARLY",
              "the certificate is not valid before " + leaf.getNotBefore().toInstant(),
              "wait until then, or correct this machine's clock"));
    }
    if (!HostNames.cover(leaf, host)) {
      problems.add(
          problem(
              "NC-TLS-NAME",
              "the certificate is for %s, not for %s".formatted(names(leaf), host),
              "get one for that name, or: nanoctl config set server.domain NAME"));
    }
    return List.copyOf(problems);
  }

  /** Each certificate is to be vouched for by the one after it. */
  private static void chain(List<X509Certificate> chain, List<Problem> problems) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      try {
        chain.get(i).verify(chain.get(i + 1).getPublicKey());
      } catch (GeneralSecurityException _) {
        problems.add(
            problem(
                "NC-TLS-CHAIN",
                "certificate %d of the chain is not signed by the one after it".formatted(i + 1),
                "put the server's certificate first, then who signed it, and so on"));
        return;
      }
    }
  }

  private static String names(X509Certificate certificate) {
    try {
      return String.join(", ", Pem.names(certificate));
    } catch (CertificateException e) {
      return "unreadable names";
    }
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private static Problem problem(String code, String message, String fix) {
    return new Problem.Configuration(code, message, NOTHING_CHANGED + fix);
  }
}
