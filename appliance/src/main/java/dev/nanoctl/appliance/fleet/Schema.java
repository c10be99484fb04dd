package dev.nanoctl.appliance.fleet;

/** What is known about the schema of the live database. */
public interface Schema {
  /** The newest version that was applied, such as {@code 037}. */
  String version();

  /** The oldest version that a program must know to work with it, such as {@code 037}. */
  String floor();

  /** Whether a program that knows the schema up to that version can work with it. */
  default boolean readableBy(String known) {
    return !known.isEmpty() && Integer.parseInt(floor()) <= Integer.parseInt(known);
  }
}
