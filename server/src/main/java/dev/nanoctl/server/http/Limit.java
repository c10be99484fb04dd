package dev.nanoctl.server.http;

import java.time.Duration;

/**
 * How often one caller may use an endpoint.
 *
 * @param name endpoints with the same name share the allowance
 * @param calls how many calls
 * @param per in which time
 * @param scope what counts as one caller
 */
public record Limit(String name, int calls, Duration per, Scope scope) {
  /** What counts as one caller. */
  public enum Scope {
    /** The address, signed in or not. */
    ADDRESS,
    /** The account when signed in, else the address. */
    CALLER
  }

  /** So many calls a minute for every caller. */
  public static Limit perMinute(String name, int calls) {
    return new Limit(name, calls, Duration.ofMinutes(1), Scope.CALLER);
  }

  /** So many calls an hour for every caller. */
  public static Limit perHour(String name, int calls) {
    return new Limit(name, calls, Duration.ofHours(1), Scope.CALLER);
  }

  /** So many calls a minute from one address. */
  public static Limit perAddress(String name, int calls) {
    return new Limit(name, calls, Duration.ofMinutes(1), Scope.ADDRESS);
  }
}
