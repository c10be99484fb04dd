package dev.nanoctl.appliance.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** How a connection to a database is protected. */
public sealed interface Encryption {
  /** Not at all. */
  record Off() implements Encryption {}

  /**
   * Encrypted, with a certificate that is trusted and names the host.
   *
   * @param ca what it is trusted by, PEM; empty: what this program trusts anyway
   */
  record Verified(Optional<Path> ca) implements Encryption {}

  /** As the parameters of a JDBC address. */
  default String parameters() {
    return switch (this) {
      case Off() -> "sslmode=disable";
      case Verified(Optional<Path> ca) -> "sslmode=verify-full&" + trust(ca);
    };
  }

  private static String trust(Optional<Path> ca) {
    return ca.map(
            file -> "sslrootcert=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8))
        .orElse("sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
  }
}
