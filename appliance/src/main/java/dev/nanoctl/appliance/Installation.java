package dev.nanoctl.appliance;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.FactsJson;
import dev.nanoctl.appliance.plan.InstallFacts;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** One installation: new, or going on where it was interrupted. */
final class Installation {
  private final Layout layout;
  private final Surroundings surroundings;
  private final Function<Engine, Driver> drivers;
  private final Journal journal;
  private final Kind kind;

  /**
   * What kind of installation it is.
   *
   * @param plan what an engine would do
   * @param more facts that go to the journal besides
   */
  record Kind(
      String verb,
      BiFunction<Driver, InstallFacts, Plan> plan,
      JsonObject more,
      Recovering recovering) {
    static final Kind NEW =
        new Kind("install", Driver::install, JsonObject.EMPTY, (usual, _, _, _) -> usual);
  }

  Installation(
      Layout layout,
      Surroundings surroundings,
      Function<Engine, Driver> drivers,
      Journal journal,
      Kind kind) {
    this.kind = kind;
    this.layout = layout;
    this.surroundings = surroundings;
    this.drivers = drivers;
    this.journal = journal;
  }

  /** Installs; finishes an interrupted installation first, whatever is ordered now. */
  InstallSummary run(InstallOrder order, Progress progress) {
    return run(order, true, progress);
  }

  /**
   * The same.
   *
   * @param prepared whether a configuration that is there stays when all is undone
   */
  InstallSummary run(InstallOrder order, boolean prepared, Progress progress) {
    Optional<Unfinished> left = unfinished();
    if (left.isPresent()) {
      if (!left.get().undoing()) {
        return goOn(progress);
      }
      undoFirst(progress);
    }
    SiteConfig config = Survey.config(layout, order);
    Driver driver = drivers.apply(config.site().engine());
    new Preflight(layout, config, surroundings, driver, order.databasePassword()).require(progress);
    InstallFacts found = new Survey(layout, surroundings, driver).facts(order);
    InstallFacts facts = prepared ? found : found.withoutConfig();
    return guarded(facts, Optional.empty(), order.databasePassword(), progress);
  }

  /** Finishes the interrupted installation, or undoes it when that was already going on. */
  InstallSummary goOn(Progress progress) {
    Unfinished left = unfinished().orElseThrow();
    return guarded(FactsJson.install(left.facts()), Optional.of(left), Optional.empty(), progress);
  }

  private Optional<Unfinished> unfinished() {
    return journal.unfinished().filter(u -> u.verb().equals(kind.verb()));
  }

  private void undoFirst(Progress progress) {
    try {
      goOn(progress);
    } catch (dev.nanoctl.core.ProblemException e) {
      if (!(e.problem() instanceof dev.nanoctl.core.Problem.RolledBack)) {
        throw e;
      }
    }
  }

  private InstallSummary guarded(
      InstallFacts facts,
      Optional<Unfinished> left,
      Optional<Secret> databasePassword,
      Progress progress) {
    // an interrupted process ends only when everything below has ended
    try (var interruption = Interruption.listen()) {
      Performer.privateFolder(layout.root());
      Performer.privateFolder(layout.state());
      if (databasePassword.isPresent()) {
        keep(databasePassword.get());
      }
      return locked(facts, left, interruption, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A secret is in no journal: it lies where the steps find it before the first one is noted. */
  private void keep(Secret databasePassword) throws IOException {
    Performer.privateFolder(layout.site().secrets());
    DurableFile.write(
        layout.secret(SecretNames.DATABASE),
        (databasePassword.value() + "\n").getBytes(StandardCharsets.UTF_8),
        "rw-------");
  }

  private InstallSummary locked(
      InstallFacts facts, Optional<Unfinished> left, Interruption interruption, Progress progress) {
    boolean held = false;
    boolean finished = false;
    try (var lock =
        OperationLock.take(
            layout.lock(), layout.holder(), kind.verb(), surroundings.clock().instant())) {
      held = lock != null;
      InstallSummary summary = carryOut(facts, left, interruption, progress);
      finished = true;
      return summary;
    } finally {
      if (held && !finished && journal.unfinished().isEmpty() && !facts.found().data()) {
        sweep(layout);
      }
    }
  }

  private InstallSummary carryOut(
      InstallFacts facts, Optional<Unfinished> left, Interruption interruption, Progress progress) {
    Driver driver = drivers.apply(facts.ports().engine());
    JsonObject more = left.map(Unfinished::facts).orElse(kind.more());
    Actor actor =
        kind.recovering()
            .over(
                driver.actor(layout, interruption, progress),
                more,
                interruption::requested,
                layout);
    var operation =
        new Operation(kind.plan().apply(driver, facts), journal, actor, interruption, progress);
    if (left.isPresent()) {
      operation.goOn(left.get(), true);
    } else {
      journal.begin(kind.verb(), FactsJson.with(FactsJson.of(facts), kind.more()));
      operation.runOrUndo();
    }
    SiteConfig config = new SiteConfigFile(layout.site().config()).load();
    return new InstallSummary(
        Instance.require(layout.site()),
        true,
        config.url(),
        facts.ordered().adminEmail(),
        invitation(),
        layout.invitation());
  }

  /** The first administrator's link, which is worth telling only now. */
  private Optional<URI> invitation() {
    try {
      return Files.exists(layout.invitation())
          ? Optional.of(URI.create(Files.readString(layout.invitation()).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the state of an instance that is no more, and its folder when nothing else is left. */
  static void sweep(Layout layout) {
    try {
      Trees.delete(layout.state());
      if (Files.isDirectory(layout.root()) && isEmpty(layout)) {
        Files.delete(layout.root());
      }
    } catch (DirectoryNotEmptyException e) {
      // somebody put something there in this very moment; it stays
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Layout layout) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(layout.root())) {
      return files.findAny().isEmpty();
    }
  }
}
