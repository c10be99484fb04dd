package dev.nanoctl.cli.output;

/**
 * One line of a list: a sign, a name, what there is to say, and the command that mends it.
 *
 * @param remedy empty where nothing needs mending
 */
public record Row(Glyph glyph, String name, String detail, String remedy) {
  /** A line that needs no mending. */
  public static Row of(Glyph glyph, String name, String detail) {
    return new Row(glyph, name, detail, "");
  }
}
