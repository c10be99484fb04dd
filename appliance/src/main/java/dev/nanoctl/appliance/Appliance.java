package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.doctor.Doctor;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.fleet.Fleet;
import dev.nanoctl.appliance.fleet.Rotator;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.FactsJson;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.support.SitePapers;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One instance on this machine, and everything that can be done with it as a whole. Every operation
 * that changes something takes the instance's lock and is journaled.
 */
public final class Appliance {
  private static final Set<String> HARMLESS = Set.of("start", "stop", "restart");

  private final Layout layout;
  private final Surroundings surroundings;
  private final Function<Engine, Driver> drivers;
  private final Journal journal;

  /** The embedded instance in that folder, or the one that will be installed there. */
  public Appliance(SiteFolder site, Surroundings surroundings) {
    this(site, surroundings, _ -> new EmbeddedDriver(surroundings));
  }

  /**
   * The instance in that folder, or the one that will be installed there.
   *
   * @param containers makes the driver of instances that run as containers
   */
  public Appliance(
      SiteFolder site, Surroundings surroundings, Function<Surroundings, Driver> containers) {
    this.layout = new Layout(site);
    this.surroundings = surroundings;
    this.drivers =
        engine ->
            switch (engine) {
              case EMBEDDED -> new EmbeddedDriver(surroundings);
              case DOCKER -> containers.apply(surroundings);
            };
    this.journal = new Journal(layout.journal(), surroundings.clock(), surroundings.hook());
  }

  /** Where it keeps what. */
  public Layout layout() {
    return layout;
  }

  /** What an installation would do; nothing is changed. */
  public Plan planInstall(InstallOrder order) {
    Driver driver = drivers.apply(Survey.config(layout, order).site().engine());
    return driver.install(new Survey(layout, surroundings, driver).facts(order));
  }

  /** Installs, or finishes an installation that was interrupted, or finds it was done before. */
  public InstallSummary install(InstallOrder order, Progress progress) {
    Optional<Instance> there = Instance.find(layout.site()).filter(Instance::installed);
    if (there.isPresent() && unfinished().isEmpty()) {
      return summary(there.get(), false, Optional.empty());
    }
    refuseUnfinished("install");
    return installation(Installation.Kind.NEW).run(order, progress);
  }

  private Installation installation(Installation.Kind kind) {
    return new Installation(layout, surroundings, drivers, journal, kind);
  }

  private InstallSummary summary(
      Instance instance, boolean changed, Optional<java.net.URI> signIn) {
    return new InstallSummary(
        instance,
        changed,
        config().url(),
        config().site().contact().orElse(""),
        signIn,
        layout.invitation());
  }

  /** The verb of an operation that was interrupted and waits for {@link #resume}. */
  public Optional<String> unfinished() {
    return waiting().map(Unfinished::verb);
  }

  /** Finishes or undoes the operation that was interrupted; the verb, or nothing to do. */
  public Optional<String> resume(Progress progress) {
    Optional<String> verb = unfinished();
    if (verb.isPresent()) {
      switch (verb.get()) {
        case "install" -> installation(Installation.Kind.NEW).goOn(progress);
        case "uninstall" -> uninstallOn(progress);
        case Rotator.VERB -> rotator().resume(progress);
        default -> fleet().resume(progress);
      }
    }
    return verb;
  }

  /** The containers of the app; a problem where the instance has none. */
  public Fleet fleet() {
    Instance instance = require();
    return driver(instance)
        .fleet(instance)
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-NO-CONTAINERS",
                    "this instance runs as processes of this machine, not as containers",
                    "for a new program: nanoctl restart; scaling needs --engine docker")
                .raise());
  }

  /** What gives the instance's secrets new values. */
  public Rotator rotator() {
    Instance instance = require();
    return driver(instance).rotator(instance);
  }

  /** Goes on only when disk, memory and engine are fit for an upgrade; a problem names all else. */
  public void requireFit(Progress progress) {
    require();
    preflight(config(), Optional.empty()).requireMachine(progress);
  }

  /** The secrets that an instance of its engine has. */
  public List<SecretState> secrets() {
    Instance instance = require();
    Set<String> rotatable = Set.copyOf(driver(instance).rotator(instance).rotatable());
    boolean docker = instance.ports().engine() == Engine.DOCKER;
    List<String> names =
        docker ? SecretNames.WITH_DOCKER : SecretNames.embedded(instance.external().isPresent());
    return names.stream()
        .map(name -> new SecretState(name, rotatable.contains(name), modified(layout.secret(name))))
        .toList();
  }

  private static Optional<Instant> modified(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Files.getLastModifiedTime(file).toInstant())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What starting would do. */
  public Plan planStart() {
    Instance instance = requireAsConfigured();
    return driver(instance).start(instance);
  }

  /** What stopping would do. */
  public Plan planStop() {
    Instance instance = requireSameEngine();
    return driver(instance).stop(instance);
  }

  /** What restarting would do. */
  public Plan planRestart() {
    Instance instance = requireAsConfigured();
    return driver(instance).restart(instance);
  }

  /** Starts the agent, which starts or adopts the services, and waits until they are well. */
  public void start(Progress progress) {
    run(planStart(), progress);
  }

  /** Stops the services in order, then the agent. */
  public void stop(Progress progress) {
    run(planStop(), progress);
  }

  /** Stops, renders the configuration anew, and starts. */
  public void restart(Progress progress) {
    run(planRestart(), progress);
  }

  /** What removing would do. */
  public Plan planUninstall(boolean purge) {
    Driver driver = driver(Instance.requireNoted(layout.site()));
    return driver.uninstall(new Survey(layout, surroundings, driver).uninstallFacts(purge));
  }

  /** Removes the instance; its data, configuration and secrets stay unless they are purged. */
  public void uninstall(boolean purge, Progress progress) {
    try (var lock = lock("uninstall");
        var interruption = Interruption.listen()) {
      refuseUnfinished("uninstall");
      Optional<Unfinished> left = journal.unfinished().filter(u -> u.verb().equals("uninstall"));
      if (left.isPresent() && !purge) {
        goOnUninstalling(left.get(), interruption, progress);
      } else {
        Engine engine =
            left.map(u -> FactsJson.engine(u.facts()))
                .orElseGet(() -> Instance.requireNoted(layout.site()).ports().engine());
        Driver driver = drivers.apply(engine);
        UninstallFacts facts = new Survey(layout, surroundings, driver).uninstallFacts(purge);
        journal.begin("uninstall", FactsJson.with(FactsJson.of(facts), engine));
        operation(driver, driver.uninstall(facts), interruption, progress).run();
      }
      assert lock != null;
    }
    if (purge) {
      forget();
    }
  }

  private void uninstallOn(Progress progress) {
    boolean purge;
    try (var lock = lock("resume");
        var interruption = Interruption.listen()) {
      Unfinished left = journal.unfinished().orElseThrow();
      purge = FactsJson.uninstall(left.facts()).purge();
      goOnUninstalling(left, interruption, progress);
      assert lock != null;
    }
    if (purge) {
      forget();
    }
  }

  private void goOnUninstalling(Unfinished left, Interruption interruption, Progress progress) {
    Driver driver = drivers.apply(FactsJson.engine(left.facts()));
    Plan plan = driver.uninstall(FactsJson.uninstall(left.facts()));
    operation(driver, plan, interruption, progress).goOn(left, false);
  }

  /** Runs the agent until this process is asked to end; for {@code nanoctl agent}. */
  public void runAgent() {
    Instance instance = Instance.requireNoted(layout.site());
    driver(instance).runAgent(instance, config());
  }

  /** How the instance is now. */
  public StatusReport status() {
    Instance instance = require();
    return driver(instance).status(instance, config());
  }

  /** The rendered files that someone changed, and how. */
  public List<Drifted> drift() {
    Instance instance = require();
    return driver(instance).drifted(instance, config());
  }

  /** What the checks say before an installation as ordered; nothing is changed. */
  public List<CheckResult> preflight(InstallOrder order) {
    return preflight(Survey.config(layout, order), order.databasePassword()).results();
  }

  /** What every check says about this machine and the instance. */
  public List<CheckResult> doctor(SiteConfig config) {
    return Doctor.examine(preflight(config, Optional.empty()).facts());
  }

  /** What every check says once its own fault is injected; none may be well. */
  public List<CheckResult> selfTest(SiteConfig config) {
    return Doctor.selfTest(preflight(config, Optional.empty()).facts());
  }

  /** The logs of its services. */
  public ServiceLogs logs() {
    Instance instance = require();
    return driver(instance).logs(instance);
  }

  /** What it is made of, for whoever helps: a name and a version each. */
  public Map<String, String> versions() {
    Instance instance = Instance.requireNoted(layout.site());
    return driver(instance).versions(instance, config());
  }

  /** What lies in its folder and what its services logged; it may be half installed. */
  public SitePapers papers() {
    Instance instance = Instance.requireNoted(layout.site());
    return new SitePapers(layout, () -> driver(instance).logs(instance));
  }

  private SiteConfig config() {
    return new SiteConfigFile(layout.site().config()).load();
  }

  private Instance require() {
    return Instance.require(layout.site());
  }

  private void run(Plan plan, Progress progress) {
    try (var lock = lock(plan.verb());
        var interruption = Interruption.listen()) {
      refuseUnfinished(plan.verb());
      journal.begin(plan.verb(), JsonObject.EMPTY);
      operation(driver(require()), plan, interruption, progress).run();
      assert lock != null;
    }
  }

  private Operation operation(
      Driver driver, Plan plan, Interruption interruption, Progress progress) {
    Actor actor = driver.actor(layout, interruption, progress);
    return new Operation(plan, journal, actor, interruption, progress);
  }

  /** The instance as one that was lost and is to be rebuilt here. */
  public LostInstance lost() {
    return new LostInstance(layout.site(), surroundings, drivers);
  }

  /** The move of the instance into containers. */
  public Migration migration() {
    return new Migration(layout, surroundings, drivers.apply(Engine.DOCKER), journal);
  }

  /** What drives an instance by the engine it has. */
  public Driver driver(Instance instance) {
    return drivers.apply(instance.ports().engine());
  }

  /** The checks, by the engine the instance has, or will have. */
  private Preflight preflight(SiteConfig config, Optional<Secret> databasePassword) {
    Engine engine =
        Instance.find(layout.site())
            .map(instance -> instance.ports().engine())
            .orElse(config.site().engine());
    return new Preflight(layout, config, surroundings, drivers.apply(engine), databasePassword);
  }

  /** The instance, which cannot change its engine by a line in its configuration. */
  private Instance requireSameEngine() {
    Instance instance = require();
    Engine installed = instance.ports().engine();
    if (config().site().engine() != installed) {
      String name = installed.name().toLowerCase(Locale.ROOT);
      throw new Problem.Configuration(
              "NC-ENGINE-DIFFERS",
              "the instance was installed with the engine %s, and site.engine names another"
                  .formatted(name),
              "nanoctl config set site.engine " + name)
          .raise();
    }
    return instance;
  }

  /** The instance, whose engine and database are what its configuration says. */
  private Instance requireAsConfigured() {
    Instance instance = requireSameEngine();
    new NotedDatabase(instance, config()).require();
    return instance;
  }

  private Optional<Unfinished> waiting() {
    return journal.unfinished().filter(left -> !HARMLESS.contains(left.verb()));
  }

  private void refuseUnfinished(String verb) {
    Optional<Unfinished> waiting = waiting().filter(other -> !other.verb().equals(verb));
    if (waiting.isPresent()) {
      throw waiting.get().refusal();
    }
  }

  private OperationLock lock(String verb) {
    if (!Files.isDirectory(layout.state())) {
      require();
    }
    return OperationLock.take(layout.lock(), layout.holder(), verb, surroundings.clock().instant());
  }

  /** Removes what is left of a site after everything in it was removed. */
  private void forget() {
    Installation.sweep(layout);
  }
}
