package dev.nanoctl.appliance;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RestorePlans;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteFolder;
import java.util.Optional;
import java.util.function.Function;

/**
 * An instance that was lost and is rebuilt, by the engine it had. Its configuration and its secrets
 * are in the site's folder already.
 */
public final class LostInstance {
  private final Layout layout;
  private final Surroundings surroundings;
  private final Function<Engine, Driver> drivers;
  private final Journal journal;

  /** The one that is rebuilt in that folder; {@code drivers} by the engine of an instance. */
  LostInstance(SiteFolder site, Surroundings surroundings, Function<Engine, Driver> drivers) {
    this.layout = new Layout(site);
    this.surroundings = surroundings;
    this.drivers = drivers;
    this.journal = new Journal(layout.journal(), surroundings.clock(), surroundings.hook());
  }

  /** What recovering would do; nothing is changed. */
  public Plan plan(InstallOrder order) {
    Driver driver = driver(order);
    return driver.recovery(new Survey(layout, surroundings, driver).facts(order));
  }

  private Driver driver(InstallOrder order) {
    return drivers.apply(Survey.config(layout, order).site().engine());
  }

  /**
   * What to rebuild.
   *
   * @param prepared whether somebody put the configuration there; an undo removes any other
   * @param facts what recovering needs, for the journal
   */
  public record Wanted(InstallOrder order, boolean prepared, JsonObject facts) {}

  /** A problem unless the folder is empty, or holds a recovery that was interrupted. */
  public void requireRoom(InstallOrder order) {
    Optional<Unfinished> waiting = journal.unfinished();
    if (waiting.isPresent() && !waiting.get().verb().equals(RestorePlans.RECOVER)) {
      throw waiting.get().refusal();
    }
    if (waiting.isEmpty()
        && new Survey(layout, surroundings, driver(order)).facts(order).found().data()) {
      throw new Problem.Usage(
              "NC-RECOVER-DATA",
              "there are data of an earlier instance in " + layout.root(),
              "nanoctl install runs it again; nanoctl uninstall --purge removes it")
          .raise();
    }
  }

  /** Whether a recovery or something else was interrupted here. */
  public boolean unfinished() {
    return journal.unfinished().isPresent();
  }

  /** Rebuilds it, or finishes a recovery that was interrupted. */
  public InstallSummary recover(Wanted wanted, Recovering recovering, Progress progress) {
    requireRoom(wanted.order());
    return installation(wanted.facts(), recovering)
        .run(wanted.order(), wanted.prepared(), progress);
  }

  /** Finishes or undoes a recovery that was interrupted; false if none was. */
  public boolean resume(Recovering recovering, Progress progress) {
    boolean left =
        journal.unfinished().filter(u -> u.verb().equals(RestorePlans.RECOVER)).isPresent();
    if (left) {
      installation(JsonObject.EMPTY, recovering).goOn(progress);
    }
    return left;
  }

  private Installation installation(JsonObject facts, Recovering recovering) {
    var kind = new Installation.Kind(RestorePlans.RECOVER, Driver::recovery, facts, recovering);
    return new Installation(layout, surroundings, drivers, journal, kind);
  }
}
