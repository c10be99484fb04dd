package dev.nanoctl.server.http;

import java.io.IOException;

/** The content of a request broke off or was malformed; the client is gone or talks nonsense. */
public final class BrokenRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenRequestException(Exception cause) {
    super("the request broke off", cause);
  }
}
