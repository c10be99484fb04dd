package dev.nanoctl.appliance.plan;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Which release can follow which: every release names the oldest it can be upgraded from. */
public final class VersionGraph {
  /**
   * What upgrades to a release need.
   *
   * @param oldest the oldest version that it can be upgraded from
   */
  public record Hop(Version version, Version oldest) {
    static Hop of(String version, String oldest) {
      return new Hop(Version.of(version), Version.of(oldest));
    }
  }

  /** Every release there was, this one last. A new release is added here, and none is changed. */
  public static final VersionGraph RELEASES = new VersionGraph(List.of(Hop.of("0.1.0", "0.1.0")));

  private final List<Hop> hops;

  /** A graph of these releases. */
  public VersionGraph(List<Hop> hops) {
    this.hops = hops.stream().sorted(Comparator.comparing(Hop::version)).toList();
  }

  /**
   * Refuses what cannot be done in one step, with the path to take.
   *
   * @param from the version that runs
   * @param to the version that shall run; a later build of the same version is no hop
   */
  public void require(Version from, Version to) {
    if (to.compareTo(from) < 0) {
      throw new Problem.Preflight(
              "NC-UPGRADE-BACKWARDS",
              "%s runs, which is newer than this program, %s".formatted(from, to),
              "take the program of that version, or: nanoctl rollback")
          .raise();
    }
    if (to.equals(from)) {
      return;
    }
    Version oldest =
        hops.stream()
            .filter(hop -> hop.version().equals(to))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(to + " is not among the releases"))
            .oldest();
    if (from.compareTo(oldest) < 0) {
      throw skipped(from, to, oldest);
    }
  }

  /** Whether a version is among the releases. */
  public boolean knows(Version version) {
    return hops.stream().anyMatch(hop -> hop.version().equals(version));
  }

  private ProblemException skipped(Version from, Version to, Version oldest) {
    String path =
        path(from, to).stream().map(Version::toString).collect(Collectors.joining(", then "));
    return new Problem.Preflight(
            "NC-UPGRADE-SKIPS",
            "%s can be upgraded from %s or newer, and %s runs".formatted(to, oldest, from),
            path.isEmpty() ? "restore a backup into a new installation" : "upgrade to " + path)
        .raise();
  }

  /** The fewest upgrades that lead from one version to another; empty when none do. */
  public List<Version> path(Version from, Version to) {
    var path = new ArrayList<Version>();
    Version at = from;
    while (at.compareTo(to) < 0) {
      Version here = at;
      var next =
          hops.stream()
              .filter(hop -> hop.version().compareTo(here) > 0)
              .filter(hop -> hop.version().compareTo(to) <= 0)
              .filter(hop -> hop.oldest().compareTo(here) <= 0)
              .reduce((_, last) -> last);
      if (next.isEmpty()) {
        return List.of();
      }
      at = next.get().version();
      path.add(at);
    }
    return List.copyOf(path);
  }
}
