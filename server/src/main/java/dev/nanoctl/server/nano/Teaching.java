package dev.nanoctl.server.nano;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a nano is learnt.
 *
 * @param durationMinutes 1 to 600
 * @param level 1 awakens interest, 2 deepens, 3 applies
 * @param language a BCP 47 tag
 * @param formats a subset of {@link #FORMATS}
 * @param delivery one of {@link #DELIVERIES}
 * @param audience whom it is for and what it needs
 */
public record Teaching(
    int durationMinutes,
    int level,
    String language,
    List<String> formats,
    String delivery,
    Audience audience) {
  /** What the content may consist of. */
  public static final List<String> FORMATS =
      List.of("video", "text", "quiz", "interactive", "audio");

  /** Where it may be learnt. */
  public static final List<String> DELIVERIES = List.of("online", "onsite", "hybrid");

  public Teaching {
    formats = List.copyOf(formats);
  }

  /**
   * Whom a nano is for.
   *
   * @param instructorRequired true when it cannot be learnt alone
   * @param targetGroup at most 200 characters
   * @param prerequisites at most 500 characters
   */
  public record Audience(
      boolean instructorRequired, @Nullable String targetGroup, @Nullable String prerequisites) {
    /** Everyone, alone, without previous knowledge. */
    public static final Audience ANYONE = new Audience(false, null, null);
  }
}
