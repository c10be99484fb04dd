package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.Driver;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.Ports;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.RenderedFiles;
import dev.nanoctl.appliance.ServerMetrics;
import dev.nanoctl.appliance.ServiceLogs;
import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.Surroundings;
import dev.nanoctl.appliance.agent.Agent;
import dev.nanoctl.appliance.agent.AgentChore;
import dev.nanoctl.appliance.agent.Chores;
import dev.nanoctl.appliance.agent.Companion;
import dev.nanoctl.appliance.agent.LogRotation;
import dev.nanoctl.appliance.agent.RecordUsage;
import dev.nanoctl.appliance.doctor.DockerFacts;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.engine.docker.project.ProjectSpec;
import dev.nanoctl.appliance.engine.docker.spare.Place;
import dev.nanoctl.appliance.engine.docker.spare.SpareContainer;
import dev.nanoctl.appliance.engine.docker.spare.VolumeReplacement;
import dev.nanoctl.appliance.fleet.AutoscaleChore;
import dev.nanoctl.appliance.fleet.Fleet;
import dev.nanoctl.appliance.fleet.Rotator;
import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.plan.ContainerPlans;
import dev.nanoctl.appliance.plan.ContainerRestorePlans;
import dev.nanoctl.appliance.plan.InstallFacts;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.Replacement;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.appliance.process.ListeningPort;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.tls.CertificateKeeper;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The engine that runs everything as containers of this machine's Docker. */
public final class DockerDriver implements Driver {
  private final Surroundings surroundings;
  private final DockerParts parts;

  /** Drives containers with these parts. */
  public DockerDriver(Surroundings surroundings, DockerParts parts) {
    this.surroundings = surroundings;
    this.parts = parts;
  }

  @Override
  public Plan install(InstallFacts facts) {
    return ContainerPlans.install(facts, bundledStore(facts.ordered().configText()));
  }

  @Override
  public Plan recovery(InstallFacts facts) {
    return ContainerRestorePlans.recovery(facts, bundledStore(facts.ordered().configText()));
  }

  private static boolean bundledStore(String text) {
    return !(new ConfigText(text).check() instanceof ConfigCheck.Valid(SiteConfig config))
        || DockerSite.bundledStore(config);
  }

  @Override
  public Plan start(Instance instance) {
    return ContainerPlans.start(instance.supervision());
  }

  @Override
  public Plan stop(Instance instance) {
    return ContainerPlans.stop(instance.supervision());
  }

  @Override
  public Plan restart(Instance instance) {
    return ContainerPlans.restart(instance.supervision());
  }

  @Override
  public Plan uninstall(UninstallFacts facts) {
    return ContainerPlans.uninstall(facts);
  }

  @Override
  public Actor actor(Layout layout, Interruption interruption, Progress progress) {
    return new DockerActor(
        layout,
        parts,
        new Performer(layout, surroundings, interruption, progress),
        interruption,
        progress);
  }

  @Override
  public String account(SiteConfig config) {
    return OsAccount.current().name();
  }

  @Override
  public boolean data(Layout layout, String instance, String account) {
    return !instance.isEmpty()
        && new Volumes(parts.api(), instance, ProjectSpec.projectOf(instance)).examine();
  }

  @Override
  public Ports ports(SiteConfig config, Optional<Instance> before) {
    Map<String, Integer> kept =
        before.map(instance -> instance.ports().byService()).orElse(Map.of());
    var numbers = new TreeMap<String, Integer>();
    for (String service : DockerSite.DATA) {
      numbers.put(service, kept.containsKey(service) ? kept.get(service) : unlike(numbers));
    }
    config.postgres().port().ifPresent(port -> numbers.put(Ports.POSTGRES, port));
    return new Ports(Engine.DOCKER, numbers);
  }

  private static int unlike(Map<String, Integer> numbers) {
    int port = ListeningPort.anyFree();
    while (numbers.containsValue(port)) {
      port = ListeningPort.anyFree();
    }
    return port;
  }

  @Override
  public Optional<DockerFacts> docker(SiteConfig config, Layout layout) {
    return Optional.of(new EngineLook(parts.api(), config, layout).facts());
  }

  @Override
  public StatusReport status(Instance instance, SiteConfig config) {
    return new ContainerStatus(new DockerSite(instance, config), parts.api(), surroundings.clock())
        .report();
  }

  @Override
  public Map<String, String> versions(Instance instance, SiteConfig config) {
    var versions = new TreeMap<String, String>();
    DockerFacts.Versions engine =
        new EngineLook(parts.api(), config, instance.layout()).facts().versions();
    versions.put("docker", engine.engine());
    versions.put("compose", engine.compose());
    for (Container container : parts.api().containers(instance.id())) {
      JsonObject seen = new Containers(parts.api(), instance.id()).inspect(container);
      String name = seen.object("Config").flatMap(made -> made.text("Image")).orElse("");
      versions.put(container.service(), name + " " + seen.text("Image").orElse(""));
    }
    return versions;
  }

  @Override
  public ServiceLogs logs(Instance instance) {
    return new ContainerLogs(parts.api(), instance);
  }

  @Override
  public List<Drifted> drifted(Instance instance, SiteConfig config) {
    return new RenderedFiles(instance.layout())
        .compared(DockerActor.texts(new DockerSite(instance, config)));
  }

  @Override
  public Optional<Fleet> fleet(Instance instance) {
    return Optional.of(
        new Fleet(
            instance.layout(),
            AppFleet.of(instance, parts),
            surroundings.clock(),
            surroundings.hook()));
  }

  @Override
  public Rotator rotator(Instance instance) {
    return new Rotator(
        instance.layout(),
        AppFleet.rotations(instance, parts),
        surroundings.clock(),
        surroundings.hook());
  }

  @Override
  public SpareCluster spare(Instance instance, Path home) {
    return new SpareContainer(AppFleet.docker(), place(instance, "drill", false), home);
  }

  @Override
  public Replacement replacement(Instance instance, Path home) {
    return new VolumeReplacement(AppFleet.docker(), place(instance, "restore", true), home);
  }

  private static Place place(Instance instance, String purpose, boolean live) {
    return new Place(
        instance.id(),
        ProjectSpec.projectOf(instance.id()),
        DockerSite.images(instance.layout()).of("postgres").reference(),
        purpose,
        live);
  }

  @Override
  public String fill(Instance instance, DatabaseAddress from, Progress progress)
      throws InterruptedException, SQLException {
    return AppFleet.databaseCopy(instance, parts).run(instance, from, progress);
  }

  @Override
  public Plan restore(Instance instance) {
    return ContainerRestorePlans.restore(instance.supervision());
  }

  @Override
  public Plan undoRestore(Instance instance) {
    return ContainerRestorePlans.undo(instance.supervision());
  }

  @Override
  public void runAgent(Instance instance, SiteConfig config) {
    Layout layout = instance.layout();
    try (var companion = Companion.backups(layout, surroundings.launch().backups(layout.site()));
        var _ = Chores.start(chores(instance, config));
        var _ =
            CertificateKeeper.start(
                Certificates.of(layout, config, surroundings.clock()),
                surroundings.launch().renewal(layout.site()),
                () -> reload(instance))) {
      Agent.run(
          instance,
          List.of(),
          companion,
          new LogRotation(config.log().fileSize().bytes(), config.log().files()),
          surroundings.clock());
    }
  }

  /** Has the entry show the certificate that lies there now. */
  private void reload(Instance instance) {
    for (Container container : parts.api().containers(instance.id())) {
      if (container.service().equals("entry") && container.runs()) {
        parts.api().exec(container.id(), List.of("nginx", "-s", "reload"));
      }
    }
  }

  /** What the agent does beside the engine's own restarts, now and again. */
  List<AgentChore> chores(Instance instance, SiteConfig config) {
    return List.of(
        new RecordUsage(
            instance.layout(),
            () -> new AppMetrics(parts.api(), instance.id()).together().map(ServerMetrics::traffic),
            surroundings.clock()),
        new AutoscaleChore(
            instance.layout(),
            new AppMeter(parts.api(), instance.id()),
            apps -> fleet(instance).orElseThrow().scale(apps, Progress.SILENT),
            new AutoscaleChore.Host(
                Runtime.getRuntime().availableProcessors(), () -> Memory.read().available()),
            surroundings.clock()));
  }
}
