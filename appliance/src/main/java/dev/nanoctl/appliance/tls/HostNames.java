package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.Pem;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether a certificate is for a host. */
final class HostNames {
  private HostNames() {}

  /** Whether browsers find the host among the certificate's names. */
  static boolean cover(X509Certificate certificate, String host) {
    try {
      return cover(Pem.names(certificate), host);
    } catch (CertificateException _) {
      return false;
    }
  }

  /** Whether the host is one of the names, or one level below one that begins with a star. */
  static boolean cover(List<String> names, String host) {
    String bare = bare(host);
    int dot = bare.indexOf('.');
    return names.stream()
        .anyMatch(name ->
            name.equalsIgnoreCase(bare)
                || sameAddress(name, bare)
                || (dot > 0 && name.equalsIgnoreCase("*" + bare.substring(dot))));
  }

  /** The host of an address, without the brackets of IPv6. */
  static String bare(String host) {
    return host.replace("[", "").replace("]", "");
  }

  private static boolean sameAddress(String name, String host) {
    try {
      return host.contains(":") && InetAddress.ofLiteral(name).equals(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
