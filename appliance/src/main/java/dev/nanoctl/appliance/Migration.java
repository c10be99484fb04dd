package dev.nanoctl.appliance;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.FactsJson;
import dev.nanoctl.appliance.plan.MigrateAction;
import dev.nanoctl.appliance.plan.MigrateAction.Side;
import dev.nanoctl.appliance.plan.MigrateFacts;
import dev.nanoctl.appliance.plan.MigratePlan;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.PostgresServer;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.appliance.process.SystemAccounts;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moves an instance that runs as processes of this machine into containers, with everything it
 * holds. Until it has come to its end, the processes' data are only read: whatever fails, they are
 * started again as they were.
 */
public final class Migration {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Layout layout;
  private final Surroundings surroundings;
  private final Driver containers;
  private final Journal journal;

  Migration(Layout layout, Surroundings surroundings, Driver containers, Journal journal) {
    this.layout = layout;
    this.surroundings = surroundings;
    this.containers = containers;
    this.journal = journal;
  }

  /** What it would do with that configuration; nothing is changed. */
  public Plan plan(ConfigText wanted) {
    return MigratePlan.of(facts(wanted));
  }

  /**
   * Moves it.
   *
   * @param wanted the configuration from then on
   * @throws dev.nanoctl.core.ProblemException {@code NC-MIGRATE-ENGINE} when it runs as containers
   *     already, {@code NC-MIGRATE-PENDING} when data of an earlier move or restore are still kept
   */
  public void run(ConfigText wanted, Migrating migrating, Progress progress) {
    MigrateFacts facts = facts(wanted);
    new Preflight(layout, config(wanted), surroundings, containers, Optional.empty())
        .require(progress);
    try (var lock = lock();
        var interruption = Interruption.listen()) {
      journal.requireFinished();
      journal.begin(MigratePlan.VERB, FactsJson.of(facts));
      operation(facts, migrating, interruption, progress).runOrUndo();
      assert lock != null;
    }
  }

  /** Finishes or undoes a move that was interrupted; false if none was. */
  public boolean resume(Migrating migrating, Progress progress) {
    Optional<Unfinished> left = journal.unfinished().filter(u -> u.verb().equals(MigratePlan.VERB));
    if (left.isPresent()) {
      try (var lock = lock();
          var interruption = Interruption.listen()) {
        MigrateFacts facts = FactsJson.migrate(left.get().facts());
        operation(facts, migrating, interruption, progress).goOn(left.get(), true);
        assert lock != null;
      }
    }
    return left.isPresent();
  }

  /** Removes what was set aside by a move, for good; false if nothing was. */
  public boolean accept() {
    try (var lock = lock();
        var interruption = Interruption.listen()) {
      journal.requireFinished();
      boolean kept = Files.isDirectory(aside());
      if (kept) {
        var performer = new Performer(layout, surroundings, interruption, Progress.SILENT);
        performer.perform(new Action.Remove(List.of(MigratePlan.ASIDE)));
        performer.perform(new Action.ReleasePrograms(instance().id()));
        if (SystemAccounts.madeHere(surroundings.account())) {
          performer.perform(new Action.DeleteAccount(surroundings.account()));
        }
      }
      assert lock != null;
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e); // none of these asks a database
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(
              "NC-INTERRUPTED", "removing was interrupted", "nanoctl migrate accept")
          .raise(e);
    }
  }

  private Path aside() {
    return layout.root().resolve(MigratePlan.ASIDE);
  }

  private MigrateFacts facts(ConfigText wanted) {
    Instance instance = Instance.require(layout.site());
    if (instance.ports().engine() != Engine.EMBEDDED) {
      throw new Problem.Usage(
              "NC-MIGRATE-ENGINE",
              "the instance runs as containers already",
              "nanoctl status shows them")
          .raise();
    }
    instance.requireOwnDatabase(
        "nanoctl migrate", "containers do not reach a database outside of their own network yet");
    for (String kept : List.of(MigratePlan.ASIDE, "restore")) {
      if (Files.exists(layout.root().resolve(kept))) {
        throw new Problem.Usage(
                "NC-MIGRATE-PENDING",
                "data from an earlier change are still kept in " + layout.root().resolve(kept),
                "nanoctl restore accept or undo, or nanoctl migrate accept")
            .raise();
      }
    }
    SiteConfig config = config(wanted);
    boolean bundled = config.objects().store() != ObjectsKind.S3;
    return new MigrateFacts(
        instance.id(),
        new Side(file().text().yaml(), instance.ports(), instance.account()),
        new Side(
            wanted.yaml(), containers.ports(config, Optional.empty()), containers.account(config)),
        instance.supervision(),
        missing(bundled),
        data(config, bundled),
        bundled);
  }

  /** A folder for packages that lies elsewhere stays where it is. */
  private List<String> data(SiteConfig config, boolean bundledStore) {
    var names = new ArrayList<>(List.of("postgres", "search"));
    Path objects = layout.site().resolve(config.objects().directory()).normalize();
    if (bundledStore && objects.getParent() != null && objects.getParent().equals(layout.root())) {
      names.add(objects.getFileName().toString());
    }
    return List.copyOf(names);
  }

  private List<String> missing(boolean bundledStore) {
    return Stream.concat(
            SecretNames.DOCKER.stream(), bundledStore ? SecretNames.S3.stream() : Stream.empty())
        .distinct()
        .filter(name -> !Files.exists(layout.secret(name)))
        .toList();
  }

  private SiteConfigFile file() {
    return new SiteConfigFile(layout.site().config());
  }

  private SiteConfig config(ConfigText text) {
    return file().require(text);
  }

  private OperationLock lock() {
    return OperationLock.take(
        layout.lock(), layout.holder(), MigratePlan.VERB, surroundings.clock().instant());
  }

  private Operation operation(
      MigrateFacts facts, Migrating migrating, Interruption interruption, Progress progress) {
    Actor usual = containers.actor(layout, interruption, progress);
    Actor actor =
        action ->
            action instanceof MigrateAction own
                ? perform(own, migrating, progress)
                : usual.perform(action);
    return new Operation(MigratePlan.of(facts), journal, actor, interruption, progress);
  }

  private String perform(MigrateAction action, Migrating migrating, Progress progress)
      throws IOException, InterruptedException, SQLException {
    return switch (action) {
      case MigrateAction.Become(Side side) -> become(side);
      case MigrateAction.CopyDatabase(Side from) -> copyDatabase(from, progress);
      case MigrateAction.CopyObjects() -> migrating.copyObjects(instance(), progress);
      case MigrateAction.BeginBackups() -> migrating.beginBackups(instance());
      case MigrateAction.SetAside(List<String> data) -> move(data, layout.root(), aside());
      case MigrateAction.PutBack(List<String> data) -> {
        move(data, aside(), layout.root());
        Trees.delete(aside());
        yield "";
      }
    };
  }

  private Instance instance() {
    return Instance.require(layout.site());
  }

  private String become(Side side) throws IOException {
    Instance now = instance();
    file().write(new ConfigText(side.configText()));
    new Instance(layout, now.id(), true, side.account(), side.ports(), now.supervision()).write();
    return "";
  }

  private String copyDatabase(Side from, Progress progress)
      throws IOException, InterruptedException, SQLException {
    Instance now = instance();
    var before =
        new Instance(layout, now.id(), true, from.account(), from.ports(), now.supervision());
    var cluster = new Services(before, surroundings).cluster();
    Path log = layout.log("postgres");
    Optional<PostgresServer> running = PostgresServer.running(cluster);
    PostgresServer server =
        running.isPresent() ? running.get() : PostgresServer.start(cluster, log, List.of());
    try {
      DatabaseAddress superuser = before.superuser();
      server.awaitReady(superuser, log, PATIENCE);
      return containers.fill(now, superuser, progress);
    } finally {
      server.stop(PATIENCE);
    }
  }

  private static String move(List<String> data, Path from, Path to) throws IOException {
    Performer.privateFolder(to);
    for (String name : data) {
      if (Files.exists(from.resolve(name))) {
        Files.move(from.resolve(name), to.resolve(name));
      }
    }
    return to.toString();
  }
}
