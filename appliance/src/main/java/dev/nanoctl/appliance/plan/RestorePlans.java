package dev.nanoctl.appliance.plan;

import java.util.List;

/** The plans of bringing an instance's data back. */
public final class RestorePlans {
  /** The verb of switching restored data in. */
  public static final String RESTORE = "restore";

  /** The verb of going back to the data from before. */
  public static final String UNDO = "restore undo";

  /** The verb of rebuilding a lost instance. */
  public static final String RECOVER = "recover";

  private RestorePlans() {}

  /** Puts restored data into a site whose database is new and whose services do not run yet. */
  static List<Step> empty() {
    return List.of(fetch(), replay(), switchIn());
  }

  /** The same into a database that somebody else runs and that is empty. */
  static List<Step> emptyTables() {
    return List.of(fetch(), switchIn());
  }

  /** Restores beside the live data, switches in, and keeps the data from before. */
  public static Plan restore(Supervision supervision) {
    return new Plan(
        RESTORE,
        List.of(
            fetch(),
            replay(),
            stop(supervision),
            switchIn(),
            derived(),
            render(),
            start(supervision),
            healthy()));
  }

  /** The same where the database is read and written as tables: there is no log to replay. */
  public static Plan restoreTables(Supervision supervision) {
    return new Plan(
        RESTORE,
        List.of(
            fetch(),
            stop(supervision),
            switchIn(),
            derived(),
            render(),
            start(supervision),
            healthy()));
  }

  /** Puts the data from before the restore back; what was restored is removed. */
  public static Plan undo(Supervision supervision) {
    return new Plan(
        UNDO,
        List.of(
            Step.of(
                "stop", "stopping services", "stopped services", new Action.StopAll(supervision)),
            switchBack(),
            derived(),
            render(),
            Step.of(
                "start",
                "starting the agent",
                "started the agent",
                new Action.StartAgent(supervision)),
            healthy(),
            discard()));
  }

  static Step switchBack() {
    return Step.of("switch", "switching back", "switched back", new RestoreAction.SwitchBack());
  }

  static Step discard() {
    return Step.of(
        "discard",
        "removing the restored data",
        "removed the restored data",
        new RestoreAction.Discard());
  }

  static Step fetch() {
    return Step.of(
        "fetch",
        "fetching the backup",
        "fetched the backup",
        new RestoreAction.Fetch(),
        new RestoreAction.Discard());
  }

  static Step replay() {
    return Step.of("replay", "replaying the log", "replayed the log", new RestoreAction.Replay());
  }

  static Step switchIn() {
    return Step.of(
        "switch",
        "switching in",
        "switched in",
        new RestoreAction.SwitchIn(),
        new RestoreAction.SwitchBack());
  }

  private static Step stop(Supervision supervision) {
    return Step.of(
        "stop",
        "stopping services",
        "stopped services",
        new Action.StopAll(supervision),
        new Action.StartAgent(supervision));
  }

  static Step derived() {
    return Step.of(
        "derived",
        "dropping the search index",
        "dropped the search index",
        new RestoreAction.DropDerived(),
        new RestoreAction.DropDerived());
  }

  private static Step render() {
    return Step.of(
        "render", "rendering configuration", "rendered configuration", new Action.RenderFiles());
  }

  private static Step start(Supervision supervision) {
    return Step.of(
        "start",
        "starting the agent",
        "started the agent",
        new Action.StartAgent(supervision),
        new Action.StopAll(supervision));
  }

  private static Step healthy() {
    return Step.of(
        "healthy", "starting the server", "started the server", new Action.AwaitHealthy());
  }
}
