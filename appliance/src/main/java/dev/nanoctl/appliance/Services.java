package dev.nanoctl.appliance;

import dev.nanoctl.appliance.agent.HealthProbe;
import dev.nanoctl.appliance.agent.PostgresService;
import dev.nanoctl.appliance.agent.ServerService;
import dev.nanoctl.appliance.agent.Service;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.ProgramsArchive;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import java.util.List;

/** The services of an instance, made from what is noted about it. */
final class Services {
  private final Instance instance;
  private final Surroundings surroundings;

  Services(Instance instance, Surroundings surroundings) {
    this.instance = instance;
    this.surroundings = surroundings;
  }

  Cluster cluster() {
    return new Cluster(
        surroundings.programs().programs(ProgramsArchive.here()),
        instance.layout().postgres(),
        account(instance.account()));
  }

  static OsAccount account(String name) {
    return OsAccount.named(name)
        .orElseThrow(() ->
            new Problem.Unavailable(
                    "NC-ACCOUNT-MISSING",
                    "the account %s, which runs postgres, does not exist".formatted(name),
                    "make it again: useradd --system " + name)
                .raise());
  }

  PostgresService postgres() {
    Layout layout = instance.layout();
    return new PostgresService(cluster(), instance::superuser, layout.log("postgres"));
  }

  ServerService server(SiteConfig config) {
    Layout layout = instance.layout();
    return new ServerService(
        instance.id(),
        surroundings.launch().server(layout.site()),
        layout,
        HealthProbe.of(config.server()));
  }

  /** All, in the order they are started; a database that somebody else runs is none of them. */
  List<Service> all(SiteConfig config) {
    return instance.external().isPresent()
        ? List.of(server(config))
        : List.of(postgres(), server(config));
  }
}
