package dev.nanoctl.appliance;

import dev.nanoctl.appliance.agent.Agent;
import dev.nanoctl.appliance.agent.Chores;
import dev.nanoctl.appliance.agent.Companion;
import dev.nanoctl.appliance.agent.HealthProbe;
import dev.nanoctl.appliance.agent.LogRotation;
import dev.nanoctl.appliance.agent.RecordUsage;
import dev.nanoctl.appliance.doctor.DockerFacts;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.fleet.DatabaseRotation;
import dev.nanoctl.appliance.fleet.KeyRotation;
import dev.nanoctl.appliance.fleet.Rotator;
import dev.nanoctl.appliance.fleet.SuperuserRotation;
import dev.nanoctl.appliance.plan.InstallFacts;
import dev.nanoctl.appliance.plan.InstallPlan;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RestorePlans;
import dev.nanoctl.appliance.plan.RunPlans;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.plan.UninstallPlan;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.DataDirectory;
import dev.nanoctl.appliance.postgres.PostgresPrograms;
import dev.nanoctl.appliance.postgres.ProcessReplacement;
import dev.nanoctl.appliance.postgres.ProcessSpare;
import dev.nanoctl.appliance.postgres.ProgramsArchive;
import dev.nanoctl.appliance.postgres.Replacement;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.appliance.process.ListeningPort;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.tls.CertificateKeeper;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.appliance.usage.Traffic;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine that runs everything as processes of this machine. */
final class EmbeddedDriver implements Driver {
  private final Surroundings surroundings;

  EmbeddedDriver(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Plan install(InstallFacts facts) {
    return InstallPlan.of(facts);
  }

  @Override
  public Plan recovery(InstallFacts facts) {
    return InstallPlan.recovery(facts);
  }

  @Override
  public Plan start(Instance instance) {
    return RunPlans.start(instance.supervision());
  }

  @Override
  public Plan stop(Instance instance) {
    return RunPlans.stop(instance.supervision());
  }

  @Override
  public Plan restart(Instance instance) {
    return RunPlans.restart(instance.supervision());
  }

  @Override
  public Plan uninstall(UninstallFacts facts) {
    return UninstallPlan.of(facts);
  }

  @Override
  public Actor actor(Layout layout, Interruption interruption, Progress progress) {
    return new Performer(layout, surroundings, interruption, progress);
  }

  @Override
  public String account(SiteConfig config) {
    OsAccount current = OsAccount.current();
    return current.isRoot() && config.postgres().external().isEmpty()
        ? surroundings.account()
        : current.name();
  }

  @Override
  public boolean data(Layout layout, String instance, String account) {
    if (!Files.exists(layout.postgres().resolve("data"))) {
      // whose a database is that somebody else runs is seen when it is claimed
      return Instance.find(layout.site()).flatMap(Instance::external).isPresent();
    }
    ProgramsArchive archive = ProgramsArchive.here();
    PostgresPrograms programs =
        surroundings
            .programs()
            .find(archive)
            .orElse(new PostgresPrograms(layout.postgres(), archive.version()));
    OsAccount owner = OsAccount.named(account).orElse(OsAccount.current());
    return switch (DataDirectory.examine(
        new Cluster(programs, layout.postgres(), owner), instance)) {
      case DataDirectory.Absent() -> false;
      case DataDirectory.Ours() -> true;
      case DataDirectory.Refused(Problem why) -> throw why.raise();
    };
  }

  @Override
  public Ports ports(SiteConfig config, Optional<Instance> before) {
    return config
        .postgres()
        .external()
        .map(Ports::embedded)
        .orElseGet(() -> ownPort(config, before));
  }

  private static Ports ownPort(SiteConfig config, Optional<Instance> before) {
    return Ports.embedded(
        config
            .postgres()
            .port()
            .or(() ->
                before.filter(known -> known.external().isEmpty()).map(Instance::postgresPort))
            .orElseGet(ListeningPort::anyFree));
  }

  @Override
  public Optional<DockerFacts> docker(SiteConfig config, Layout layout) {
    return Optional.empty();
  }

  @Override
  public StatusReport status(Instance instance, SiteConfig config) {
    return new StatusCheck(instance, config, surroundings).report();
  }

  @Override
  public Map<String, String> versions(Instance instance, SiteConfig config) {
    return Map.of(
        "postgres",
        instance
            .external()
            .map(database -> "of somebody else, at " + database.shown())
            .orElseGet(() -> ProgramsArchive.here().version()));
  }

  @Override
  public ServiceLogs logs(Instance instance) {
    return Logs.of(instance);
  }

  @Override
  public List<Drifted> drifted(Instance instance, SiteConfig config) {
    return instance.external().isPresent()
        ? List.of()
        : new Renderer(instance, config, new Services(instance, surroundings).cluster()).drifted();
  }

  @Override
  public Rotator rotator(Instance instance) {
    var rotations = new HashMap<>(KeyRotation.all());
    var fixed = new HashMap<String, Problem>();
    if (instance.external().isPresent()) {
      fixed.put(SecretNames.DATABASE, NotedDatabase.passwordOfSomebodyElse(instance));
    } else {
      rotations.put(SecretNames.POSTGRES, new SuperuserRotation(instance));
      rotations.put(SecretNames.DATABASE, new DatabaseRotation(instance, () -> {}));
    }
    return new Rotator(
        instance.layout(),
        new Rotator.Parts(rotations, fixed, new ServerRestart(instance, surroundings), 0),
        surroundings.clock(),
        surroundings.hook());
  }

  @Override
  public Plan restore(Instance instance) {
    return switch (BackupMethod.of(instance)) {
      case PHYSICAL -> RestorePlans.restore(instance.supervision());
      case REPLICATED, LOGICAL -> RestorePlans.restoreTables(instance.supervision());
    };
  }

  @Override
  public Plan undoRestore(Instance instance) {
    return RestorePlans.undo(instance.supervision());
  }

  @Override
  public SpareCluster spare(Instance instance, Path home) {
    return instance.external().isPresent()
        ? ProcessSpare.beside(surroundings.programs().programs(ProgramsArchive.here()), home)
        : new ProcessSpare(cluster(instance, home));
  }

  @Override
  public Replacement replacement(Instance instance, Path home) {
    instance.requireOwnDatabase(
        "replacing the data directory", "ask whoever runs the database to restore it");
    Layout layout = instance.layout();
    return new ProcessReplacement(
        cluster(instance, layout.postgres()),
        cluster(instance, home),
        layout.root().resolve("search"));
  }

  private Cluster cluster(Instance instance, Path home) {
    return new Cluster(
        surroundings.programs().programs(ProgramsArchive.here()),
        home,
        OsAccount.named(instance.account()).orElse(OsAccount.current()));
  }

  @Override
  public void runAgent(Instance instance, SiteConfig config) {
    Layout layout = instance.layout();
    HealthProbe probe = HealthProbe.of(config.server());
    var usage =
        new RecordUsage(
            layout, () -> probe.body(ServerMetrics.PATH).map(Traffic::parse), surroundings.clock());
    try (var companion = Companion.backups(layout, surroundings.launch().backups(layout.site()));
        var _ = Chores.start(List.of(usage));
        var _ =
            CertificateKeeper.start(
                Certificates.of(layout, config, surroundings.clock()),
                surroundings.launch().renewal(layout.site()),
                CertificateKeeper.Reload.none())) {
      Agent.run(
          instance,
          new Services(instance, surroundings).all(config),
          companion,
          new LogRotation(config.log().fileSize().bytes(), config.log().files()),
          surroundings.clock());
    }
  }
}
