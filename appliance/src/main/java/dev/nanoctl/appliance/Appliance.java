package dev.nanoctl.appliance;

import dev.nanoctl.appliance.agent.Agent;
import dev.nanoctl.appliance.agent.HealthProbe;
import dev.nanoctl.appliance.agent.Recorder;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.doctor.Doctor;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.FactsJson;
import dev.nanoctl.appliance.plan.InstallPlan;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RunPlans;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.plan.UninstallPlan;
import dev.nanoctl.appliance.tls.CertificateKeeper;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.appliance.usage.History;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One instance on this machine, and everything that can be done with it as a whole. Every operation
 * that changes something takes the instance's lock and is journaled.
 */
public final class Appliance {
  private static final Set<String> HARMLESS = Set.of("start", "stop", "restart");

  private final Layout layout;
  private final Surroundings surroundings;
  private final Journal journal;

  /** The instance in that folder, or the one that will be installed there. */
  public Appliance(SiteFolder site, Surroundings surroundings) {
    this.layout = new Layout(site);
    this.surroundings = surroundings;
    this.journal = new Journal(layout.journal(), surroundings.clock(), surroundings.hook());
  }

  /** Where it keeps what. */
  public Layout layout() {
    return layout;
  }

  /** What an installation would do; nothing is changed. */
  public Plan planInstall(InstallOrder order) {
    return InstallPlan.of(new Survey(layout, surroundings).facts(order));
  }

  /** Installs, or finishes an installation that was interrupted, or finds it was done before. */
  public InstallSummary install(InstallOrder order, Progress progress) {
    Optional<Instance> there = Instance.find(layout.site()).filter(Instance::installed);
    if (there.isPresent() && unfinished().isEmpty()) {
      return summary(there.get(), false, Optional.empty());
    }
    return new Installation(layout, surroundings, journal).run(order, progress);
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
    return journal.unfinished().map(Unfinished::verb).filter(verb -> !HARMLESS.contains(verb));
  }

  /** Finishes or undoes the operation that was interrupted; the verb, or nothing to do. */
  public Optional<String> resume(Progress progress) {
    Optional<String> verb = unfinished();
    if (verb.isPresent()) {
      switch (verb.get()) {
        case "install" -> new Installation(layout, surroundings, journal).goOn(progress);
        case "uninstall" -> uninstallOn(progress);
        default -> throw new IllegalStateException("nobody knows how to resume " + verb.get());
      }
    }
    return verb;
  }

  /** What starting would do. */
  public Plan planStart() {
    return RunPlans.start(require().supervision());
  }

  /** What stopping would do. */
  public Plan planStop() {
    return RunPlans.stop(require().supervision());
  }

  /** What restarting would do. */
  public Plan planRestart() {
    return RunPlans.restart(require().supervision());
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
    return UninstallPlan.of(new Survey(layout, surroundings).uninstallFacts(purge));
  }

  /** Removes the instance; its data, configuration and secrets stay unless they are purged. */
  public void uninstall(boolean purge, Progress progress) {
    try (var lock = lock("uninstall");
        var interruption = Interruption.listen()) {
      refuseUnfinished("uninstall");
      Optional<Unfinished> left = journal.unfinished().filter(u -> u.verb().equals("uninstall"));
      UninstallFacts facts = new Survey(layout, surroundings).uninstallFacts(purge);
      if (left.isEmpty() || purge) {
        journal.begin("uninstall", FactsJson.of(facts));
        operation(UninstallPlan.of(facts), interruption, progress).run();
      } else {
        operation(UninstallPlan.of(FactsJson.uninstall(left.get().facts())), interruption, progress)
            .goOn(left.get(), false);
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
      UninstallFacts facts = FactsJson.uninstall(left.facts());
      purge = facts.purge();
      operation(UninstallPlan.of(facts), interruption, progress).goOn(left, false);
      assert lock != null;
    }
    if (purge) {
      forget();
    }
  }

  /** Runs the agent until this process is asked to end; for {@code nanoctl agent}. */
  public void runAgent() {
    Instance instance = Instance.requireNoted(layout.site());
    SiteConfig config = config();
    try (var _ =
            Recorder.start(
                new History(layout.usage()),
                HealthProbe.of(config.server()),
                layout.root(),
                surroundings.clock());
        var _ =
            CertificateKeeper.start(
                Certificates.of(layout, config, surroundings.clock()),
                surroundings.launch().renewal(layout.site()),
                CertificateKeeper.Reload.none())) {
      Agent.run(
          instance,
          new Services(instance, surroundings).all(config),
          config.log().fileSize().bytes(),
          config.log().files(),
          surroundings.clock());
    }
  }

  /** How the instance is now. */
  public StatusReport status() {
    return new StatusCheck(require(), config(), surroundings).report();
  }

  /** The rendered files that someone changed, and how. */
  public List<Drifted> drift() {
    Instance instance = require();
    return new Renderer(instance, config(), new Services(instance, surroundings).cluster())
        .drifted();
  }

  /** What the checks say before an installation as ordered; nothing is changed. */
  public List<CheckResult> preflight(InstallOrder order) {
    SiteConfig config = new Survey(layout, surroundings).config(order);
    return new Preflight(layout, config, surroundings).results();
  }

  /** What every check says about this machine and the instance. */
  public List<CheckResult> doctor(SiteConfig config) {
    return Doctor.examine(new Preflight(layout, config, surroundings).facts());
  }

  /** What every check says once its own fault is injected; none may be well. */
  public List<CheckResult> selfTest(SiteConfig config) {
    return Doctor.selfTest(new Preflight(layout, config, surroundings).facts());
  }

  /** The logs of its services. */
  public Logs logs() {
    return new Logs(require().layout());
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
      operation(plan, interruption, progress).run();
      assert lock != null;
    }
  }

  private Operation operation(Plan plan, Interruption interruption, Progress progress) {
    var performer = new Performer(layout, surroundings, interruption);
    return new Operation(plan, journal, performer, interruption, progress);
  }

  private void refuseUnfinished(String verb) {
    Optional<String> waiting = unfinished().filter(other -> !other.equals(verb));
    if (waiting.isPresent()) {
      throw new Problem.Unavailable(
              "NC-UNFINISHED",
              "an interrupted %s waits to be finished".formatted(waiting.get()),
              "nanoctl resume")
          .raise();
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
