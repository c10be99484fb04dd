package dev.nanoctl.server.job;

import dev.nanoctl.core.json.JsonObject;

/** The work cannot be done and another try would not help; the owner is told why. */
public final class JobFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient JsonObject result;

  /** A failure with a stable code and a message for people. */
  public JobFailure(String code, String message) {
    this(code, message, JsonObject.EMPTY);
  }

  /** A failure that still has a result to show, such as a report. */
  public JobFailure(String code, String message, JsonObject result) {
    super(message, null);
    this.code = code;
    this.result = result;
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** What there is to show nevertheless. */
  public JsonObject result() {
    return result;
  }
}
