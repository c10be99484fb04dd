package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.ReplicationRole;
import dev.nanoctl.appliance.ReplicationSlots;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.Encryption;
import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.backup.wal.ShipperStatus;
import dev.nanoctl.backup.wire.PostgresException;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Trust;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships an instance's log to one target until its thread is interrupted, whatever happens to the
 * database or the target meanwhile. Where the log cannot go on, a new lineage is begun; a backup
 * has to follow.
 */
final class Shipping implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Shipping.class);
  private static final Duration NOTE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WRAPPED = "keys/1";
  private static final int LARGEST_KEY = 64 * 1024;

  /** What ends a lineage: the next one can only begin with what the database writes now. */
  private static final Set<String> ENDS = Set.of("NC-BACKUP-LINEAGE", "NC-BACKUP-WAL-GONE");

  private final Instance instance;
  private final Target target;
  private final InstantSource clock;
  private final TargetFiles files;
  private volatile Instant current;
  private volatile String said = "";
  private volatile boolean again;

  Shipping(Instance instance, Target target, InstantSource clock) {
    this.instance = instance;
    this.target = target;
    this.clock = clock;
    this.files = new TargetFiles(instance.layout(), target.name());
    this.current = clock.instant();
  }

  @Override
  public void run() {
    Duration pause = FIRST_PAUSE;
    try {
      files.shipping().ifPresent(note -> current = note.current());
      while (!Thread.interrupted()) {
        Instant begun = clock.instant();
        try {
          ship();
        } catch (IOException | ProblemException e) {
          failed(e);
        } catch (InterruptedException e) {
          if (!again) {
            throw e;
          }
          again = false;
        }
        boolean lasted = Duration.between(begun, clock.instant()).compareTo(LONGEST_PAUSE) > 0;
        pause = lasted ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("how log is shipped cannot be noted: {}", e.getMessage());
    }
  }

  private void failed(Exception e) throws IOException {
    String message = String.valueOf(e.getMessage());
    if (!message.equals(said)) {
      LOG.warn("log is not shipped to {}: {}", target.name(), message);
      said = message;
    }
    if (e instanceof ProblemException known && ENDS.contains(known.problem().code())) {
      Lineage.forget(instance.layout(), target.name());
    }
    Optional<UUID> lineage = Lineage.load(instance.layout(), target.name()).map(Lineage::id);
    files.shipping(
        new ShippingNote(clock.instant(), lineage, Optional.empty(), current, 0, message));
  }

  private void ship() throws IOException, InterruptedException {
    if (files.added().isEmpty()) {
      // a recovery could not reach it
      Targets.goOnWith(instance, target, clock);
    }
    ServerAddress address = address(instance);
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      long limit;
      Lineage lineage;
      try (var connection = ReplicationConnection.open(address)) {
        limit = limit(connection);
        lineage = lineage(connection);
      } catch (PostgresException e) {
        throw e.problem().raise(e);
      }
      var settings =
          ShipperSettings.usual(lineage.id(), ReplicationSlots.name(instance, target.name()));
      var archived = LogShipper.archived(vault.log(), settings, lineage.systemId());
      var shipper = new LogShipper(address, settings, vault.log(), clock);
      Thread worker = Thread.currentThread();
      Thread notes =
          Thread.ofVirtual()
              .start(() -> noteOn(shipper, vault.repository(), lineage, limit, worker));
      try {
        shipper.run(archived);
      } finally {
        notes.interrupt();
        notes.join();
      }
    }
  }

  /** How this instance's database is reached for reading its log and its files. */
  static ServerAddress address(Instance instance) {
    return instance.external().isPresent()
        ? address(instance.database())
        : ServerAddress.local(
            instance.postgresPort(),
            ReplicationRole.NAME,
            instance.secret(SecretNames.REPLICATION));
  }

  private static ServerAddress address(DatabaseAddress database) {
    return new ServerAddress(
        database.host(),
        database.port(),
        database.user(),
        database.password(),
        switch (database.encryption()) {
          case Encryption.Off _ -> new dev.nanoctl.backup.wire.Encryption.None();
          case Encryption.Verified(Optional<Path> ca) ->
              new dev.nanoctl.backup.wire.Encryption.Tls(trust(ca), true);
        },
        PATIENCE);
  }

  private static SSLContext trust(Optional<Path> ca) {
    try {
      return Trust.in(ca);
    } catch (IOException | GeneralSecurityException e) {
      throw new Problem.Configuration(
              "NC-DATABASE-CA",
              "what the database's certificate is trusted by cannot be read: " + e.getMessage(),
              "set postgres.external.ca to a file with certificates, PEM")
          .raise(e);
    }
  }

  /** The lineage that goes on, or a new one that begins with what the database writes now. */
  private Lineage lineage(ReplicationConnection connection) throws IOException {
    Layout layout = instance.layout();
    Optional<Lineage> before = Lineage.load(layout, target.name());
    if (before.isPresent()) {
      return before.get();
    }
    String slot = ReplicationSlots.name(instance, target.name());
    try {
      connection.dropSlot(slot);
    } catch (PostgresException e) {
      if (!e.is("42704")) {
        throw e;
      }
    }
    connection.createSlot(slot);
    DatabaseIdentity identity = connection.identify();
    var lineage = new Lineage(UUID.randomUUID(), identity.systemId());
    lineage.save(layout, target.name());
    LOG.info("a new history of log begins at {}", target.name());
    return lineage;
  }

  private static long limit(ReplicationConnection connection) throws IOException {
    String shown = connection.show("max_slot_wal_keep_size");
    return shown.equals("-1") ? 0 : ByteSize.parse(shown).map(ByteSize::bytes).orElse(0L);
  }

  private void noteOn(
      LogShipper shipper, Repository repository, Lineage lineage, long limit, Thread worker) {
    try {
      byte[] key = repository.get(WRAPPED, LARGEST_KEY).orElse(new byte[0]);
      Instant nextLook = clock.instant().plus(LOOK);
      while (true) {
        Instant now = clock.instant();
        Optional<ShipperStatus> status = shipper.status();
        if (status.isPresent()) {
          note(now, ShippingNote.of(now, lineage.id(), status.get(), limit));
        }
        if (!now.isBefore(nextLook)) {
          nextLook = now.plus(LOOK);
          requireSame(repository, key);
        }
        Thread.sleep(NOTE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | ProblemException e) {
      LOG.error("shipping to {} begins anew: {}", target.name(), e.getMessage());
      again = true;
      worker.interrupt();
    }
  }

  private void note(Instant now, ShippingNote note) throws IOException {
    if (note.message().isEmpty() && !said.isEmpty()) {
      LOG.info("log is shipped to {} again", target.name());
      said = "";
    } else if (!note.message().isEmpty() && !note.message().equals(said)) {
      LOG.warn("log waits for {}: {}", target.name(), note.message());
      said = note.message();
    }
    current = note.current().isAfter(now) ? now : note.current();
    files.shipping(note);
  }

  /** What is written must not end in another place that took the place of this one. */
  private static void requireSame(Repository repository, byte[] key) {
    byte[] found;
    try {
      found = repository.get(WRAPPED, LARGEST_KEY).orElse(new byte[0]);
    } catch (IOException _) {
      return; // an outage, which shipping itself meets
    }
    if (!Arrays.equals(found, key)) {
      throw RepositoryProblem.foreign("another repository took the place of this one");
    }
  }
}
