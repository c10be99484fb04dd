package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.LogPosition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Up to where log is replayed. */
public sealed interface RestoreTarget {
  /** As PostgreSQL reads a time in a setting. */
  DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  /**
   * Everything that was committed up to that time, to the microsecond. PostgreSQL has to see a
   * later commit to know that the time was reached, so an idle database needs a heartbeat.
   */
  record Time(Instant time) implements RestoreTarget {}

  /** Up to and with the first record that begins at or after that position. */
  record Position(LogPosition position) implements RestoreTarget {}

  /** As soon as the base backup is consistent. */
  record Backup() implements RestoreTarget {}

  /** Up to the end of the log there is, without a hole before it. */
  record Newest() implements RestoreTarget {}

  /** PostgreSQL's setting for it; empty where it is to go on to the end of its log. */
  default String setting() {
    return switch (this) {
      case Time to -> "recovery_target_time = '" + FORM.format(to.time()) + "'";
      case Position to -> "recovery_target_lsn = '" + to.position() + "'";
      case Backup _ -> "recovery_target = 'immediate'";
      case Newest _ -> "";
    };
  }
}
