package dev.nanoctl.appliance.postgres;

import java.nio.file.Path;

/**
 * The PostgreSQL programs, unpacked.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 * @param version the full version, such as 18.6
 */
public record PostgresPrograms(Path home, String version) {
  /** The major version, which a data directory must share. */
  public String major() {
    return version.substring(0, version.indexOf('.'));
  }

  /** The path of {@code postgres} or {@code initdb}. */
  public String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
