package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Operation;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.FleetJson;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.appliance.plan.RollbackFacts;
import dev.nanoctl.appliance.plan.RollbackPlan;
import dev.nanoctl.appliance.plan.ScaleFacts;
import dev.nanoctl.appliance.plan.ScalePlan;
import dev.nanoctl.appliance.plan.UpgradeFacts;
import dev.nanoctl.appliance.plan.UpgradePlan;
import dev.nanoctl.appliance.plan.Version;
import dev.nanoctl.appliance.plan.VersionGraph;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfigFile;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * Scaling, upgrades and rollbacks of one instance. Every change takes the instance's lock and is
 * journaled; what was interrupted goes on with {@link #resume}.
 */
public final class Fleet {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Which releases there are.
   *
   * @param installed what runs where no upgrade noted anything
   * @param program what this program is; its schema is not known before it ran
   */
  public record Known(Release installed, Release program) {}

  /**
   * What it works with.
   *
   * @param known which releases there are
   */
  public record Parts(Stack stack, SafetyCopy copies, Schema schema, Known known) {
    Release program() {
      return known.program();
    }

    Releases current(Layout layout) {
      return Releases.find(layout).orElseGet(() -> Releases.first(known.installed()));
    }
  }

  private final Layout layout;
  private final Parts parts;
  private final InstantSource clock;
  private final Journal journal;

  /** The containers of that instance. */
  public Fleet(Layout layout, Parts parts, InstantSource clock, Journal.Hook hook) {
    this.layout = layout;
    this.parts = parts;
    this.clock = clock;
    this.journal = new Journal(layout.journal(), clock, hook);
  }

  /** What having that many app containers would do. */
  public Plan planScale(int apps) throws InterruptedException {
    return ScalePlan.of(scaleFacts(apps));
  }

  /** Has that many app containers, without a failed request. */
  public Plan scale(int apps, Progress progress) throws InterruptedException {
    ScaleFacts facts = scaleFacts(apps);
    return run(ScalePlan.of(facts), FleetJson.of(facts), true, progress);
  }

  /** What an upgrade to this program would do; a problem when it would skip a release. */
  public Plan planUpgrade(boolean rehearse) throws InterruptedException {
    UpgradeFacts facts = upgradeFacts();
    return rehearse ? UpgradePlan.rehearsal(facts) : UpgradePlan.of(facts);
  }

  /** Has the app run as this program, or tries that on a copy; what fails is undone. */
  public Plan upgrade(boolean rehearse, Progress progress) throws InterruptedException {
    UpgradeFacts facts = upgradeFacts();
    Plan plan = rehearse ? UpgradePlan.rehearsal(facts) : UpgradePlan.of(facts);
    return run(plan, FleetJson.of(facts), true, progress);
  }

  /** What going back to the release before would do. */
  public Plan planRollback() throws InterruptedException {
    return RollbackPlan.of(rollbackFacts());
  }

  /** Goes back to the release before. */
  public Plan rollback(Progress progress) throws InterruptedException {
    RollbackFacts facts = rollbackFacts();
    return run(RollbackPlan.of(facts), FleetJson.of(facts), false, progress);
  }

  /** Finishes or undoes an operation of these verbs that was interrupted. */
  public void resume(Progress progress) {
    try (var _ = lock("resume");
        var interruption = Interruption.listen()) {
      Unfinished left = journal.unfinished().orElseThrow();
      boolean undo = Set.of("scale", "upgrade", "rehearse").contains(left.verb());
      operation(plan(left), interruption, progress).goOn(left, undo);
    }
  }

  private static Plan plan(Unfinished left) {
    return switch (left.verb()) {
      case "scale" -> ScalePlan.of(FleetJson.scale(left.facts()));
      case "upgrade" -> UpgradePlan.of(FleetJson.upgrade(left.facts()));
      case "rehearse" -> UpgradePlan.rehearsal(FleetJson.upgrade(left.facts()));
      case "rollback" -> RollbackPlan.of(FleetJson.rollback(left.facts()));
      default -> throw new IllegalStateException(left.verb() + " is not about containers");
    };
  }

  private Plan run(Plan plan, JsonObject facts, boolean undo, Progress progress) {
    if (plan.steps().isEmpty()) {
      return plan;
    }
    try (var _ = lock(plan.verb());
        var interruption = Interruption.listen()) {
      journal.requireFinished();
      journal.begin(plan.verb(), facts);
      Operation operation = operation(plan, interruption, progress);
      if (undo) {
        operation.runOrUndo();
      } else {
        operation.run();
      }
      return plan;
    }
  }

  private Operation operation(Plan plan, Interruption interruption, Progress progress) {
    var actor = new FleetActor(layout, parts, interruption::requested);
    return new Operation(plan, journal, actor, interruption, progress);
  }

  private OperationLock lock(String verb) {
    return OperationLock.take(layout.lock(), layout.holder(), verb, clock.instant());
  }

  private int noted() {
    return new SiteConfigFile(layout.site().config()).load().docker().apps();
  }

  private ScaleFacts scaleFacts(int apps) throws InterruptedException {
    return new ScaleFacts(noted(), parts.stack().apps().size(), apps);
  }

  private UpgradeFacts upgradeFacts() throws InterruptedException {
    Releases current = parts.current(layout);
    Release now = current.now();
    VersionGraph.RELEASES.require(Version.of(now.version()), Version.of(parts.program().version()));
    String schema = now.schema().isEmpty() ? parts.schema().version() : now.schema();
    return new UpgradeFacts(
        new Release(now.image(), now.version(), schema),
        parts.program(),
        current.before(),
        current.copy(),
        Math.max(1, parts.stack().apps().size()),
        STAMP.format(clock.instant()));
  }

  private RollbackFacts rollbackFacts() throws InterruptedException {
    Releases current = parts.current(layout);
    if (!current.canReturn()) {
      throw new Problem.Usage(
              "NC-ROLLBACK-NOTHING",
              "there is no release before %s to go back to".formatted(current.now().version()),
              "nanoctl version tells what runs")
          .raise();
    }
    return new RollbackFacts(
        current.now(),
        current.before(),
        current.copy(),
        !parts.schema().readableBy(current.before().schema()),
        Math.max(1, parts.stack().apps().size()));
  }
}
