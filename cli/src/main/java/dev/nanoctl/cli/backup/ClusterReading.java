package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.cli.command.Backups.Progress;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Reads the files of an instance's own cluster, beside its log that the agent ships. */
final class ClusterReading implements DatabaseReading {
  private final Instance instance;
  private final InstantSource clock;
  private final LogWait log;
  private Optional<Lineage> lineage = Optional.empty();
  private LogPosition told = new LogPosition(0);

  ClusterReading(Instance instance, Target target, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
    this.log = new LogWait(instance, target, clock);
  }

  @Override
  public void await(Progress progress) throws InterruptedException {
    lineage = Optional.of(log.awaitShipping(progress));
  }

  @Override
  public UUID lineage() {
    return lineage.orElseThrow().id();
  }

  @Override
  public Taken read(BlockSink sink, LongConsumer progress) throws IOException {
    DatabaseCut cut =
        new ClusterBackup(Shipping.address(instance), clock, progress).run(lineage(), true, sink);
    return new Taken(clock.instant(), Optional.of(cut));
  }

  @Override
  public Map<String, String> facts() throws SQLException {
    long beat = SiteFacts.beat(instance.database());
    told = SiteFacts.flushed(instance.database());
    Map<String, String> facts = new TreeMap<>(SiteFacts.of(instance.database()));
    facts.put(SiteFacts.HEARTBEAT, Long.toString(beat));
    return facts;
  }

  /** Also of the heartbeat, which a drill right after the backup looks for. */
  @Override
  public void requireDurable(SealedLog shipped, DatabaseCut cut) throws IOException {
    log.requireDurable(shipped, cut, told);
  }
}
