package dev.nanoctl.core.json;

/** The text is not one well-formed JSON value. The message never repeats the text itself. */
public final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  JsonSyntaxException(String why, int line, int column, Throwable cause) {
    super("not valid JSON at line %d, column %d: %s".formatted(line, column, why), cause);
    this.line = line;
    this.column = column;
  }

  /** Where it went wrong, counted from 1. */
  public int line() {
    return line;
  }

  /** Where in the line it went wrong, counted from 1. */
  public int column() {
    return column;
  }
}
