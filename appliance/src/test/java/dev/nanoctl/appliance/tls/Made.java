package dev.nanoctl.appliance.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates made for tests. */
final class Made {
  private final Authority authority;

  Made(Instant now) throws Exception {
    this.authority = Authority.make("tests", now);
  }

  X509Certificate authority() {
    return authority.certificate();
  }

  /** A pair of one name that begins a day before that time. */
  TlsPair pair(String name, Instant now, Duration life) throws Exception {
    Authority.Signed signed = authority.sign(List.of(name), now, life);
    return new TlsPair(List.of(signed.certificate(), authority.certificate()), signed.key());
  }
}
