package dev.nanoctl.appliance.doctor;

/**
 * What one check found.
 *
 * @param check its stable name
 * @param code the stable code when something is wrong, else empty
 * @param message what was found
 * @param fix what to do; empty when nothing
 */
public record CheckResult(String check, Outcome outcome, String code, String message, String fix) {

  static CheckResult ok(String check, String message) {
    return new CheckResult(check, Outcome.OK, "", message, "");
  }

  static CheckResult warning(String check, String code, String message, String fix) {
    return new CheckResult(check, Outcome.WARNING, code, message, fix);
  }

  static CheckResult failed(String check, String code, String message, String fix) {
    return new CheckResult(check, Outcome.FAILED, code, message, fix);
  }

  /** Whether nothing is wrong. */
  public boolean ok() {
    return outcome == Outcome.OK;
  }
}
