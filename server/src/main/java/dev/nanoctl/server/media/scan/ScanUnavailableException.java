package dev.nanoctl.server.media.scan;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nobody could look for malware; the message says why, for whoever runs the scanner. */
public final class ScanUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  ScanUnavailableException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
