package dev.nanoctl.core.json;

/** A member of a JSON object, or an element of an array, is not of the kind that was asked for. */
public final class JsonTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String member;
  private final String wanted;
  private final String found;

  JsonTypeException(String member, String wanted, String found) {
    super("%s: a %s was expected, not a %s".formatted(member, wanted, found));
    this.member = member;
    this.wanted = wanted;
    this.found = found;
  }

  /** The name of the member; {@code []} for an element of an array. */
  public String member() {
    return member;
  }

  /** The kind that was asked for. */
  public String wanted() {
    return wanted;
  }

  /** The kind that was found. */
  public String found() {
    return found;
  }
}
