package dev.nanoctl.server.importing;

/** An entry cannot be imported; the import goes on with the next. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  Refused(String code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  Rejection of(String entry) {
    return new Rejection(entry, code, String.valueOf(getMessage()));
  }
}
