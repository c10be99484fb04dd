package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.postgres.ClusterInit;
import dev.nanoctl.appliance.postgres.DatabaseStamp;
import dev.nanoctl.appliance.postgres.PostgresPrograms;
import dev.nanoctl.appliance.postgres.ProgramsArchive;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.appliance.process.Commands;
import dev.nanoctl.appliance.process.SystemAccounts;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Carries out actions. Each may be carried out again and then changes nothing more. */
public final class Performer implements Actor {
  private static final String NOT_CONNECTED = "08";

  private final Layout layout;
  private final Surroundings surroundings;
  private final Interruption interruption;
  private final Progress progress;

  /** For the instance there; what it leaves behind is told to the progress. */
  public Performer(
      Layout layout, Surroundings surroundings, Interruption interruption, Progress progress) {
    this.progress = progress;
    this.layout = layout;
    this.surroundings = surroundings;
    this.interruption = interruption;
  }

  @Override
  public String perform(Action action) throws IOException, InterruptedException, SQLException {
    return switch (action) {
      case Action.CreateAccount(String name) ->
          "%s · uid %d".formatted(name, SystemAccounts.create(name).uid());
      case Action.DeleteAccount(String name) -> deleteAccount(name);
      case Action.UnpackPrograms(String instance) -> unpack(instance);
      case Action.ReleasePrograms(String instance) -> release(instance);
      case Action.MakeFolders(List<String> names) -> makeFolders(names);
      case Action.Remove(List<String> names) -> remove(names);
      case Action.WriteConfig(String text) -> writeConfig(text);
      case Action.MakeSecrets(List<String> names) -> makeSecrets(names);
      case Action.RecordInstance record -> record(record);
      case Action.InitDatabase(String instance) -> initDatabase(instance);
      case Action.RenderFiles() -> render();
      case Action.CreateDatabase() -> new DatabaseSetup(instance(), services()).run();
      case Action.ClaimDatabase(String instance) -> claim(instance);
      case Action.ReleaseDatabase(String instance) -> releaseDatabase(instance);
      case Action.DropSlots() -> dropSlots();
      case Action.InstallUnit(Path file, Supervision supervision) -> installUnit(file, supervision);
      case Action.RemoveUnit(Path file, Supervision supervision) -> removeUnit(file, supervision);
      case Action.StartAgent(Supervision supervision) -> startAgent(supervision);
      case Action.StopAll(Supervision supervision) -> stopAll(supervision);
      case Action.AwaitHealthy() ->
          new HealthWait(instance(), services(), config(), interruption::requested).await();
      case Action.InviteAdmin(String email) -> invite(email);
      case Action.MarkInstalled() -> mark(true);
      case Action.MarkRemoved() -> mark(false);
      case Action.Containers other ->
          throw new IllegalArgumentException(other + " needs containers");
      case Action.Fleet other -> throw new IllegalArgumentException(other + " needs containers");
      case Action.Secrets other ->
          throw new IllegalArgumentException(other + " is for whoever rotates");
      case Action.Migrate other ->
          throw new IllegalArgumentException(other + " is for whoever moves");
      case Action.Restore other ->
          throw new IllegalArgumentException(other + " needs a repository");
    };
  }

  private Instance instance() {
    return Instance.find(layout.site()).orElseThrow();
  }

  private Services services() {
    return new Services(instance(), surroundings);
  }

  private SiteConfig config() {
    return new SiteConfigFile(layout.site().config()).load();
  }

  private String deleteAccount(String name) throws InterruptedException {
    if (surroundings.programs().users().isEmpty()) {
      SystemAccounts.delete(name);
    }
    return "";
  }

  private String unpack(String instance) {
    PostgresPrograms programs = surroundings.programs().programs(ProgramsArchive.here());
    surroundings.programs().use(instance);
    return programs.version();
  }

  private String release(String instance) {
    surroundings.programs().release(instance);
    return "";
  }

  private String makeFolders(List<String> names) throws IOException {
    for (String name : names) {
      privateFolder(layout.root().resolve(name));
    }
    return layout.root().toString();
  }

  private String remove(List<String> names) throws IOException {
    for (String name : names) {
      Path path = layout.root().resolve(name).normalize();
      if (!path.startsWith(layout.root()) || path.equals(layout.root())) {
        throw new IllegalArgumentException(name + " is not inside the site");
      }
      Trees.delete(path);
    }
    return "";
  }

  private String writeConfig(String text) {
    new SiteConfigFile(layout.site().config()).write(new ConfigText(text));
    return layout.site().config().toString();
  }

  private String makeSecrets(List<String> names) throws IOException {
    FreshSecrets.make(layout, names);
    return "%d in %s (0600)".formatted(names.size(), layout.site().secrets());
  }

  private String record(Action.RecordInstance record) throws IOException {
    new Instance(
            layout,
            record.instance(),
            false,
            record.account(),
            record.ports(),
            record.supervision())
        .write();
    return record.instance();
  }

  private String initDatabase(String instance) throws IOException, InterruptedException {
    var cluster = services().cluster();
    if (!Files.exists(cluster.stamp())) {
      Trees.delete(cluster.home());
      new ClusterInit(cluster).create(instance, instance().secret(SecretNames.POSTGRES));
    }
    return cluster.programs().version();
  }

  private String render() throws IOException, InterruptedException {
    if (instance().external().isPresent()) {
      boolean replicated = BackupMethod.of(instance()) == BackupMethod.REPLICATED;
      new NotedDatabase(instance(), config()).follow();
      if (BackupMethod.of(instance()) == BackupMethod.LOGICAL
          && new AgentProcess(layout).running().isEmpty()) {
        drop(replicated);
      }
    } else {
      new Renderer(instance(), config(), services().cluster()).run();
    }
    return "";
  }

  private String claim(String instance) throws SQLException {
    String shown = instance().external().orElseThrow().shown();
    DatabaseStamp.claim(instance().database(), shown, instance);
    return shown;
  }

  private String releaseDatabase(String instance) throws SQLException, InterruptedException {
    if (Instance.find(layout.site()).isPresent()
        && Files.exists(layout.secret(SecretNames.DATABASE))) {
      DatabaseStamp.release(instance().database(), instance);
      dropSlots();
    }
    return "";
  }

  private String dropSlots() throws InterruptedException {
    return Instance.find(layout.site()).flatMap(Instance::external).isEmpty()
        ? ""
        : String.join(", ", drop(BackupMethod.of(instance()) == BackupMethod.REPLICATED));
  }

  /**
   * Drops the instance's replication slots; those that stay are told about, and keep nobody.
   *
   * @param likely whether there are some if the server cannot be asked
   */
  private List<String> drop(boolean likely) throws InterruptedException {
    Instance instance = instance();
    String shown = instance.external().orElseThrow().shown();
    try {
      return ReplicationSlots.drop(instance.database(), instance.id());
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      if (likely || !state.startsWith(NOT_CONNECTED)) {
        progress.warned(ReplicationSlots.left(shown, instance.id(), DatabaseLook.reason(e)));
      }
    } catch (ProblemException e) {
      if (likely) {
        progress.warned(ReplicationSlots.left(shown, instance.id(), e.problem().message()));
      }
    }
    return List.of();
  }

  private String installUnit(Path file, Supervision supervision)
      throws IOException, InterruptedException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String text =
        Systemd.text(
            supervision, layout, instance().id(), surroundings.launch().agent(layout.site()));
    DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    for (List<String> command : new Systemd(supervision, file).enable()) {
      Commands.run(command);
    }
    return file.toString();
  }

  private String removeUnit(Path file, Supervision supervision)
      throws IOException, InterruptedException {
    if (Files.exists(file)) {
      var systemd = new Systemd(supervision, file);
      Commands.run(systemd.disable());
      Files.delete(file);
      Commands.run(systemd.reload());
    }
    return "";
  }

  private String startAgent(Supervision supervision) throws IOException, InterruptedException {
    Files.deleteIfExists(layout.stopped());
    var agent = new AgentProcess(layout);
    if (agent.running().isEmpty()) {
      if (supervision == Supervision.DAEMON) {
        agent.launch(surroundings.launch().agent(layout.site()));
      } else {
        Commands.run(systemd(supervision).start());
        agent.awaitStart(Optional.empty());
      }
    }
    return agent.running().map(process -> "pid " + process.pid()).orElse("");
  }

  private String stopAll(Supervision supervision) throws IOException, InterruptedException {
    if (Instance.find(layout.site()).isEmpty() || !Files.isDirectory(layout.run())) {
      return "";
    }
    Files.writeString(layout.stopped(), "");
    AgentProcess.stop(layout, supervision);
    new Leftovers(instance(), services()).stop();
    return "";
  }

  private Path unit(Supervision supervision) {
    return Systemd.file(supervision, instance().id(), Path.of(System.getProperty("user.home")));
  }

  private Systemd systemd(Supervision supervision) {
    return new Systemd(supervision, unit(supervision));
  }

  private String invite(String email) throws IOException {
    URI link = surroundings.content().firstAdmin().invite(instance(), email);
    DurableFile.write(
        layout.invitation(), (link + "\n").getBytes(StandardCharsets.UTF_8), "rw-------");
    return email;
  }

  private String mark(boolean installed) throws IOException {
    if (Instance.find(layout.site()).isPresent()) {
      instance().installed(installed).write();
    }
    return "";
  }

  /**
   * Makes a folder that others may read where they are let into the one it lies in, which has to be
   * there: of a site that was just removed, nothing must come back.
   */
  public static void readableFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes a folder only its owner may enter. */
  public static void privateFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }
}
