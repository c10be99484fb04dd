package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.io.InputStream;

/**
 * A published archive of the PostgreSQL programs for one architecture, carried in our own jars.
 *
 * @param sha256 what the archive must hash to
 */
public record ProgramsArchive(String version, String resource, String sha256) {
  private static final String VERSION = "18.6";
  private static final ProgramsArchive X86_64 =
      new ProgramsArchive(
          VERSION,
          "postgres-linux-x86_64.txz",
          "63999c2914366d62c68e51794e597588c336e75ed2958d53c558e8deca5e13fc");
  private static final ProgramsArchive ARM_64 =
      new ProgramsArchive(
          VERSION,
          "postgres-linux-arm_64.txz",
          "2eb24d67326da41a81064d116b0bce412dff543c835d6fcc1c099e4abcf18836");

  /** The archive for this machine. */
  public static ProgramsArchive here() {
    return forArchitecture(System.getProperty("os.arch"));
  }

  /** The archive for an architecture as Java names it. */
  public static ProgramsArchive forArchitecture(String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> ARM_64;
      default ->
          throw new Problem.Preflight(
                  "NC-ARCHITECTURE",
                  "there are no PostgreSQL programs for the architecture " + architecture,
                  "use a machine with x86-64 or 64-bit ARM")
              .raise();
    };
  }

  InputStream open() throws IOException {
    InputStream in = ProgramsArchive.class.getResourceAsStream("/" + resource);
    if (in == null) {
      throw new IOException(resource + " is missing from this build");
    }
    return in;
  }
}
