package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The whole life of a nano, written down as tables: every status, action and standing. */
final class LifecycleTest {
  /**
   * What each action makes of each status: the first letters of the next status, or a dot where the
   * step does not exist. Columns: DRaft PEnding PUblished REjected ARchived TAken_down.
   */
  private static final String STEPS =
      """
      #                DR PE PU RE AR TA
      EDIT             DR .  PU DR AR .
      ADD_VERSION      DR .  PU DR AR .
      SUBMIT           PE .  PU .  .  .
      APPROVE          .  PU PU .  .  .
      REQUEST_CHANGES  .  DR PU .  .  .
      REJECT           .  RE PU .  .  .
      ARCHIVE          .  .  AR .  .  .
      RESTORE          .  .  .  .  PU .
      TAKE_DOWN        .  .  TA .  .  .
      REINSTATE        .  .  .  .  .  PU
      UPHOLD           .  .  .  .  .  AR
      DELETE           DE .  .  DE DE .
      """;

  /** Who may do what at all: m manages the content, d decides about it. */
  private static final Map<NanoAction, String> KIND =
      Map.ofEntries(
          Map.entry(NanoAction.EDIT, "m"),
          Map.entry(NanoAction.ADD_VERSION, "m"),
          Map.entry(NanoAction.SUBMIT, "m"),
          Map.entry(NanoAction.ARCHIVE, "m"),
          Map.entry(NanoAction.RESTORE, "m"),
          Map.entry(NanoAction.DELETE, "m"),
          Map.entry(NanoAction.APPROVE, "d"),
          Map.entry(NanoAction.REQUEST_CHANGES, "d"),
          Map.entry(NanoAction.REJECT, "d"),
          Map.entry(NanoAction.TAKE_DOWN, "d"),
          Map.entry(NanoAction.REINSTATE, "d"),
          Map.entry(NanoAction.UPHOLD, "d"));

  private static final Map<Standing, String> RIGHTS =
      Map.of(
          Standing.GUEST, "",
          Standing.STRANGER, "",
          Standing.FORMER_CREATOR, "",
          Standing.CREATOR, "m",
          Standing.MODERATOR, "d",
          Standing.OWN_MODERATOR, "m",
          Standing.ADMIN, "md",
          Standing.OWN_ADMIN, "m");

  private static final Map<Standing, Boolean> SEES_ALL =
      Map.of(
          Standing.GUEST, false,
          Standing.STRANGER, false,
          Standing.FORMER_CREATOR, true,
          Standing.CREATOR, true,
          Standing.MODERATOR, true,
          Standing.OWN_MODERATOR, true,
          Standing.ADMIN, true,
          Standing.OWN_ADMIN, true);

  @Test
  void everyStatusActionAndStandingHasExactlyTheWrittenOutcome() {
    Map<String, String> wrong = new TreeMap<>();
    int pairs = 0;
    for (NanoStatus status : NanoStatus.values()) {
      for (NanoAction action : NanoAction.values()) {
        for (Standing standing : Standing.values()) {
          String expected = expected(status, action, standing);
          String actual = name(Lifecycle.attempt(status, action, standing));
          pairs++;
          if (!actual.equals(expected)) {
            wrong.put(status + " " + action + " " + standing, actual + ", not " + expected);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(pairs).isEqualTo(7 * 12 * 8);
  }

  @Test
  void onlyPublishedNanosAreSeenByStrangers() {
    List<NanoStatus> seen = new ArrayList<>();
    for (NanoStatus status : NanoStatus.values()) {
      if (Lifecycle.visible(status, Standing.STRANGER)) {
        seen.add(status);
      }
    }
    assertThat(seen).containsExactly(NanoStatus.PUBLISHED);
  }

  private static String expected(NanoStatus status, NanoAction action, Standing standing) {
    boolean seesIt = status == NanoStatus.PUBLISHED || Boolean.TRUE.equals(SEES_ALL.get(standing));
    if (!seesIt || status == NanoStatus.DELETED) {
      return "hidden";
    }
    if (standing == Standing.GUEST) {
      return "sign in";
    }
    if (!RIGHTS.getOrDefault(standing, "").contains(KIND.getOrDefault(action, "?"))) {
      return "forbidden";
    }
    String[] header = line("#");
    String[] row = line(action.name());
    for (int i = 1; i < header.length; i++) {
      if (status.name().startsWith(header[i])) {
        return row[i].equals(".") ? "refused" : row[i];
      }
    }
    throw new AssertionError("no column for " + status);
  }

  private static String[] line(String first) {
    return STEPS
        .lines()
        .filter(line -> line.startsWith(first + " "))
        .findFirst()
        .orElseThrow()
        .split(" +");
  }

  private static String name(Lifecycle.Outcome outcome) {
    return switch (outcome) {
      case Lifecycle.Outcome.Becomes becomes -> becomes.status().name().substring(0, 2);
      case Lifecycle.Outcome.Hidden _ -> "hidden";
      case Lifecycle.Outcome.SignInFirst _ -> "sign in";
      case Lifecycle.Outcome.Forbidden _ -> "forbidden";
      case Lifecycle.Outcome.Refused _ -> "refused";
    };
  }
}
