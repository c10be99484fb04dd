package dev.nanoctl.appliance.plan;

/**
 * One change to what an instance has in a Docker engine, as data. Every action may be repeated:
 * what is done already is left as it is.
 */
public sealed interface ContainerAction extends Action.Containers {
  /** Makes the image of the application from this program, unless the current one is there. */
  record EnsureImage() implements ContainerAction {}

  /** Renders the Compose project and notes its hashes. */
  record RenderProject() implements ContainerAction {}

  /**
   * Makes sure that no volume is anybody else's.
   *
   * @param dataExpected whether the database's volume has to be there with this instance's mark
   */
  record CheckVolumes(boolean dataExpected) implements ContainerAction {}

  /**
   * Has the containers run as rendered; only what differs is made anew.
   *
   * @param application whether the application and the entry run, too
   */
  record Up(boolean application) implements ContainerAction {}

  /** Puts this instance's mark into the volume of the database. */
  record MarkData() implements ContainerAction {}

  /** Makes the application's role and database. */
  record CreateDatabase() implements ContainerAction {}

  /** Makes the bucket of the bundled store. */
  record MakeBucket() implements ContainerAction {}

  /** Waits until every container that should run is healthy. */
  record AwaitHealthy() implements ContainerAction {}

  /** Stops the agent on the host. */
  record StopAgent(Supervision supervision) implements ContainerAction {}

  /** Stops all containers in order. */
  record Stop() implements ContainerAction {}

  /**
   * Removes containers and networks that carry the instance's label.
   *
   * @param volumes whether its volumes, too
   */
  record Remove(String instance, boolean volumes) implements ContainerAction {}
}
