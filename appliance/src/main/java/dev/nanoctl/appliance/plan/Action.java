package dev.nanoctl.appliance.plan;

import dev.nanoctl.appliance.Ports;
import java.nio.file.Path;
import java.util.List;

/**
 * One change to the machine, as data. Every action may be repeated: what is done already is left as
 * it is.
 */
public sealed interface Action {
  /** Makes the unprivileged account PostgreSQL runs under. */
  record CreateAccount(String name) implements Action {}

  /** Removes that account, unless another instance needs it. */
  record DeleteAccount(String name) implements Action {}

  /** Unpacks the PostgreSQL programs into the cache and notes that this instance uses them. */
  record UnpackPrograms(String instance) implements Action {}

  /** Takes the note back and removes the programs when nobody else uses them. */
  record ReleasePrograms(String instance) implements Action {}

  /** Makes the site's folders. */
  record MakeFolders(List<String> names) implements Action {}

  /** Removes folders and files of the site by name, with all in them. */
  record Remove(List<String> names) implements Action {}

  /** Writes the site configuration. */
  record WriteConfig(String text) implements Action {}

  /** Makes the secrets that do not exist yet. */
  record MakeSecrets(List<String> names) implements Action {}

  /** Notes who this instance is. */
  record RecordInstance(String instance, Ports ports, Supervision supervision, String account)
      implements Action {}

  /** Makes the data directory and stamps it. */
  record InitDatabase(String instance) implements Action {}

  /** Renders configuration files and notes their hashes. */
  record RenderFiles() implements Action {}

  /** Makes the application's role and database. */
  record CreateDatabase() implements Action {}

  /** Stamps a database that somebody else runs as this instance's own. */
  record ClaimDatabase(String instance) implements Action {}

  /** Takes that stamp back; whoever installs next may have the database. */
  record ReleaseDatabase(String instance) implements Action {}

  /** Has a server that somebody else runs keep no log for this instance any more. */
  record DropSlots() implements Action {}

  /** Writes and enables the agent's systemd unit. */
  record InstallUnit(Path file, Supervision supervision) implements Action {}

  /** Stops, disables and removes the agent's systemd unit. */
  record RemoveUnit(Path file, Supervision supervision) implements Action {}

  /** Starts the agent, which starts or adopts everything else. */
  record StartAgent(Supervision supervision) implements Action {}

  /** Stops the agent and everything it looks after. */
  record StopAll(Supervision supervision) implements Action {}

  /** Waits until every service is well. */
  record AwaitHealthy() implements Action {}

  /** Invites the first administrator. */
  record InviteAdmin(String email) implements Action {}

  /** Marks the instance as installed. */
  record MarkInstalled() implements Action {}

  /** Marks the instance as no longer installed, keeping its identity for its data. */
  record MarkRemoved() implements Action {}

  /** Runs an instance as containers; see {@link ContainerAction}. */
  sealed interface Containers extends Action permits ContainerAction {}

  /** Changes the containers of an instance; see {@link FleetAction}. */
  sealed interface Fleet extends Action permits FleetAction {}

  /** A change of secrets. */
  sealed interface Secrets extends Action permits SecretAction {}

  /** Moves an instance from processes to containers; see {@link MigrateAction}. */
  sealed interface Migrate extends Action permits MigrateAction {}

  /** Brings data back from a repository; see {@link RestoreAction}. */
  sealed interface Restore extends Action permits RestoreAction {}
}
