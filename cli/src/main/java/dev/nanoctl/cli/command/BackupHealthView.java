package dev.nanoctl.cli.command;

import dev.nanoctl.cli.command.BackupHealth.TargetHealth;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Shows how the backups of an instance are. */
final class BackupHealthView {
  private final BackupHealth health;
  private final Instant now;

  BackupHealthView(BackupHealth health, Instant now) {
    this.health = health;
    this.now = now;
  }

  /** A line for each target, or one that says that there is none. */
  List<Row> rows() {
    if (health.targets().isEmpty()) {
      return List.of(
          new Row(Glyph.IDLE, "backup", "nowhere", "nanoctl backup target add LOCATION"));
    }
    return Stream.of(health.targets().stream().map(this::row), moments(), Stream.of(drill()))
        .flatMap(rows -> rows)
        .toList();
  }

  private Stream<Row> moments() {
    return health.everyMoment()
        ? Stream.empty()
        : Stream.of(
            new Row(
                Glyph.IDLE,
                "backup of",
                "a database elsewhere: as a whole; moments between backups cannot be restored",
                "nanoctl backup create at moments that matter"));
  }

  private Row drill() {
    return health
        .lastDrill()
        .map(at ->
            Row.of(
                Glyph.WELL,
                "drill",
                "last good %s ago".formatted(Amounts.age(Duration.between(at, now)))))
        .orElse(new Row(Glyph.IDLE, "drill", "none yet", "nanoctl drill run"));
  }

  private Row row(TargetHealth target) {
    String last =
        target
            .last()
            .map(at -> "last %s ago".formatted(Amounts.age(Duration.between(at, now))))
            .orElse("none yet");
    String name = health.targets().size() == 1 ? "backup" : "backup " + target.name();
    boolean well = target.last().isPresent() && health.problems().isEmpty();
    return Row.of(
        well ? Glyph.WELL : Glyph.WARNING, name, last + log(target) + " · " + target.place());
  }

  private static String log(TargetHealth target) {
    return target
        .behind()
        .map(behind ->
            target.waiting() == 0 && target.message().isEmpty()
                ? " · every change is there"
                : " · log %s behind (%s)"
                    .formatted(Amounts.age(behind), new ByteSize(target.waiting())))
        .orElse("");
  }

  /** What {@code status} tells programs. */
  void summary(JsonWriter json) {
    json.field("last", health.last().orElse(null));
    health
        .behind()
        .ifPresentOrElse(
            behind -> json.field("lagSeconds", behind.toSeconds()),
            () -> json.nullField("lagSeconds"));
    members(json);
  }

  void members(JsonWriter json) {
    json.field("everyMoment", health.everyMoment());
    json.field("lastDrill", health.lastDrill().orElse(null));
    json.array(
        "targets",
        health.targets(),
        (array, target) ->
            array.object(o -> {
              o.field("name", target.name())
                  .field("place", target.place())
                  .field("last", target.last().orElse(null))
                  .field("waitingBytes", target.waiting())
                  .field("message", target.message());
              target.behind().ifPresent(behind -> o.field("lagSeconds", behind.toSeconds()));
            }));
  }
}
