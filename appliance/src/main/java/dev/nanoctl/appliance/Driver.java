package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.DockerFacts;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.fleet.Fleet;
import dev.nanoctl.appliance.fleet.Rotator;
import dev.nanoctl.appliance.plan.InstallFacts;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.Replacement;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.core.site.SiteConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs between the engines that an instance can run with. */
public interface Driver {
  /** The steps that lead from what was found to a running instance. */
  Plan install(InstallFacts facts);

  /** The steps that lead from what was found to a lost instance, as its repository has it. */
  Plan recovery(InstallFacts facts);

  /** The steps that make everything run, with the configuration as it is now. */
  Plan start(Instance instance);

  /** The steps that end everything in order. */
  Plan stop(Instance instance);

  /** The steps that end everything and start it again. */
  Plan restart(Instance instance);

  /** The steps that remove the instance. */
  Plan uninstall(UninstallFacts facts);

  /** Who carries the steps out. */
  Actor actor(Layout layout, Interruption interruption, Progress progress);

  /** Who runs the database, for an instance that is to be installed with that configuration. */
  String account(SiteConfig config);

  /** Whether that instance's data are there; a problem when somebody else's are. */
  boolean data(Layout layout, String instance, String account);

  /** The ports that are noted, or free ones for those that are not. */
  Ports ports(SiteConfig config, Optional<Instance> before);

  /** What is known about the Docker engine; nothing where it is not used. */
  Optional<DockerFacts> docker(SiteConfig config, Layout layout);

  /** How an installed instance is now. */
  StatusReport status(Instance instance, SiteConfig config);

  /** What it is made of, for whoever helps: a name and a version each. */
  Map<String, String> versions(Instance instance, SiteConfig config);

  /** What its services logged. */
  ServiceLogs logs(Instance instance);

  /** The rendered files that someone changed, and how. */
  List<Drifted> drifted(Instance instance, SiteConfig config);

  /** Its containers of the app as a group; empty where there are none. */
  default Optional<Fleet> fleet(Instance instance) {
    return Optional.empty();
  }

  /** What gives its secrets new values. */
  Rotator rotator(Instance instance);

  /** The steps that restore an instance's data beside the live ones and switch them in. */
  Plan restore(Instance instance);

  /** The steps that put the data from before the last restore back. */
  Plan undoRestore(Instance instance);

  /**
   * A cluster apart from the live one, to try a backup with.
   *
   * @param home a folder of its own, which need not exist
   */
  SpareCluster spare(Instance instance, Path home);

  /**
   * A restored cluster that can take the live one's place.
   *
   * @param home a folder of its own in the site's folder, which need not exist
   */
  Replacement replacement(Instance instance, Path home);

  /**
   * Fills its database with what another server on this machine has, and compares the two.
   *
   * @param from that server's superuser, on the loopback address
   * @return what was copied, for people
   */
  default String fill(Instance instance, DatabaseAddress from, Progress progress)
      throws InterruptedException, SQLException {
    throw new IllegalArgumentException("only containers are moved to");
  }

  /** Looks after the instance until this process is asked to end. */
  void runAgent(Instance instance, SiteConfig config);
}
