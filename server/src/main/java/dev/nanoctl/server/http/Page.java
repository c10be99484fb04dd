package dev.nanoctl.server.http;

/**
 * Which part of a list is asked for.
 *
 * @param number from 1
 * @param limit how many items a page has
 */
public record Page(int number, int limit) {
  /** How deep into a list pages may reach. */
  public static final int MAX_DEPTH = 10_000;

  /** How many items come before this page. */
  public int offset() {
    return (number - 1) * limit;
  }
}
