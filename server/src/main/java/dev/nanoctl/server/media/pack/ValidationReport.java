package dev.nanoctl.server.media.pack;

import dev.nanoctl.server.media.store.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the validator found out about a package.
 *
 * @param facts what it is
 * @param findings what is wrong with it
 * @param files its files in the order of their paths; empty if the archive could not be read
 * @param metadata what it says about itself
 */
public record ValidationReport(
    Facts facts, List<Finding> findings, List<PackageFile> files, PackageMetadata metadata) {
  /**
   * What a package is.
   *
   * @param kind its kind, or null if that could not be told
   * @param sha256 the digest of the archive
   * @param size the size of the archive
   * @param entries how many entries it has
   * @param unpackedSize the counted size of all files
   * @param launchFile the file to open first, or null if there is none, as in H5P
   */
  public record Facts(
      @Nullable PackageKind kind,
      Sha256 sha256,
      long size,
      int entries,
      long unpackedSize,
      @Nullable String launchFile) {}

  /** Keeps its own copies of the lists. */
  public ValidationReport {
    findings = List.copyOf(findings);
    files = List.copyOf(files);
  }

  /** Whether the package is accepted. */
  public boolean ok() {
    return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
  }
}
