package dev.nanoctl.server.main;

import dev.nanoctl.server.media.scan.ClamdAddress;
import dev.nanoctl.server.media.scan.ClamdScan;
import dev.nanoctl.server.media.scan.EicarScan;
import dev.nanoctl.server.media.scan.MalwareScan;
import java.util.Optional;

/** Who looks for malware. */
final class Scanners {
  private Scanners() {}

  /** The built-in check, and ClamAV where it is configured. */
  static MalwareScan of(Optional<ClamdAddress> clamd) {
    MalwareScan own = new EicarScan();
    return clamd.<MalwareScan>map(address -> own.and(new ClamdScan(address))).orElse(own);
  }
}
