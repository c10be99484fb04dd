package dev.nanoctl.appliance.drift;

import java.util.List;
import java.util.Optional;

/**
 * A rendered file that someone changed, seen from three sides: what was rendered then, what is
 * there now, and what would be rendered now. Line numbers are those of what was rendered then;
 * where that was not kept, those of what would be rendered now.
 *
 * @param file its path below the site's folder
 * @param byHand what someone changed
 * @param byNanoctl what the configuration or a new version changed since
 */
public record Drifted(String file, List<Hunk> byHand, List<Hunk> byNanoctl) {
  /** Keeps its own copies of the changes. */
  public Drifted {
    byHand = List.copyOf(byHand);
    byNanoctl = List.copyOf(byNanoctl);
  }

  /**
   * Compares the three texts.
   *
   * @param then what was rendered; empty where it was not kept
   */
  public static Drifted of(String file, Optional<String> then, String there, String now) {
    String base = then.orElse(now);
    return new Drifted(file, LineDiff.of(base, there), LineDiff.of(base, now));
  }

  /** Whether a change by hand concerns lines that nanoctl would change, too. */
  public boolean conflicts(Hunk hand) {
    return byNanoctl.stream().anyMatch(own -> own.meets(hand) && !own.equals(hand));
  }
}
