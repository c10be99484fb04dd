package dev.nanoctl.backup.wire;

import java.io.IOException;

/** The other side does not keep to the protocol; the connection is of no further use. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was met and what had been expected. */
  public ProtocolException(String message) {
    super(message);
  }
}
