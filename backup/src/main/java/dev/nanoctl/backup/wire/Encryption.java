package dev.nanoctl.backup.wire;

import javax.net.ssl.SSLContext;

/** How a connection is protected on its way. */
public sealed interface Encryption {
  /** Not at all: for loopback and for networks of one's own. */
  record None() implements Encryption {}

  /**
   * TLS, without which the connection is given up.
   *
   * @param context decides which authorities are trusted
   * @param checkHost whether the certificate has to name the host
   */
  record Tls(SSLContext context, boolean checkHost) implements Encryption {}
}
