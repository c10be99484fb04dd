package dev.nanoctl.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What must work for the site to be of use, asked when somebody wants to know, in the order in
 * which it was named.
 */
public final class Readiness {
  private record Check(boolean vital, BooleanSupplier works) {}

  private final Map<String, Check> checks = new LinkedHashMap<>();

  /** Without this the site answers 503. */
  public Readiness vital(String name, BooleanSupplier works) {
    checks.put(name, new Check(true, works));
    return this;
  }

  /** Without this the site is degraded but still of use. */
  public Readiness useful(String name, BooleanSupplier works) {
    checks.put(name, new Check(false, works));
    return this;
  }

  /** The outcome of asking everything. */
  public record Outcome(boolean ready, Map<String, Boolean> parts) {
    /** {@code ready}, {@code degraded} or {@code down}. */
    public String word() {
      return !ready ? "down" : parts.containsValue(false) ? "degraded" : "ready";
    }
  }

  /** Asks everything now. */
  public Outcome ask() {
    Map<String, Boolean> parts = new LinkedHashMap<>();
    boolean ready = true;
    for (Map.Entry<String, Check> check : checks.entrySet()) {
      boolean works = works(check.getValue());
      parts.put(check.getKey(), works);
      ready = ready && (works || !check.getValue().vital());
    }
    return new Outcome(ready, parts);
  }

  private static boolean works(Check check) {
    try {
      return check.works().getAsBoolean();
    } catch (RuntimeException _) {
      return false;
    }
  }
}
