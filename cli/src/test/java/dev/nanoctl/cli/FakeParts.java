package dev.nanoctl.cli;

import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Logs;
import dev.nanoctl.appliance.Ports;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.SecretState;
import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.Usage;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.doctor.Outcome;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RotatePlan;
import dev.nanoctl.appliance.plan.RunPlans;
import dev.nanoctl.appliance.plan.ScaleFacts;
import dev.nanoctl.appliance.plan.ScalePlan;
import dev.nanoctl.appliance.plan.Step;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.support.SitePapers;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.backup.repo.BucketProbe.Feature;
import dev.nanoctl.backup.repo.BucketProbe.State;
import dev.nanoctl.cli.command.DoctorCommand;
import dev.nanoctl.cli.command.Engine;
import dev.nanoctl.cli.command.Fleets;
import dev.nanoctl.cli.command.Imports;
import dev.nanoctl.cli.command.SelfTest;
import dev.nanoctl.cli.command.SupportBundleCommand;
import dev.nanoctl.cli.command.Upkeep;
import dev.nanoctl.cli.command.Users;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.importing.ImportListener;
import dev.nanoctl.server.importing.ImportSummary;
import dev.nanoctl.server.importing.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** An instance that exists in memory only: it is installed, well, and remembers what was asked. */
final class FakeParts
    implements Engine,
        Fleets,
        Users,
        Imports,
        Upkeep,
        DoctorCommand.Doctor,
        SupportBundleCommand.Site {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final List<String> asked = new ArrayList<>();
  private final FakeBackups backups = new FakeBackups(NOW);
  private final List<Problem> problems = new ArrayList<>();
  private OptionalLong brokenEntry = OptionalLong.empty();
  private boolean down;
  private boolean doorClosed;

  /** What was asked of the instance, in order. */
  List<String> asked() {
    return asked;
  }

  /** Its backups. */
  FakeBackups backups() {
    return backups;
  }

  /** From now on the server is down. */
  void breakServer() {
    down = true;
    problems.add(
        new Problem.NotWell("NC-SERVER-DOWN", "server does not run", "nanoctl logs server"));
  }

  /** From now on this entry of the audit log is broken. */
  void breakAudit(long entry) {
    brokenEntry = OptionalLong.of(entry);
  }

  Parts parts(List<Drifted> drifted) {
    return new Parts(
        new Parts.Instances(
            this,
            this,
            site -> {
              throw notInstalled(site);
            },
            site -> drifted,
            new FakeCerts(usage().certificate()),
            this,
            new FakeMigrations(asked),
            this),
        new Parts.Data(this, this, this, backups, (_, listener) -> goThrough(listener)),
        new Parts.Returning(new FakeReturn(asked), new FakeReturn(asked), new FakeReturn(asked)),
        new Parts.Processes(
            site -> asked.add("serve"),
            site -> asked.add("agent"),
            site -> asked.add("backup keep"),
            () -> asked.add("warm-up")),
        new Parts.Editing((site, verb, work) -> work.run(), this::edit),
        InstantSource.fixed(NOW));
  }

  /** From now on the self-test's way ends at its second step. */
  void closeDoor() {
    doorClosed = true;
  }

  private List<SelfTest.Step> goThrough(SelfTest.Listener listener) {
    List<SelfTest.Step> steps =
        List.of(
            new SelfTest.Step("signed in", "creator", Duration.ofMillis(1240), Optional.empty()),
            new SelfTest.Step(
                "upload a package",
                "",
                Duration.ofMillis(300),
                Optional.of(
                    new Problem.NotWell(
                        "NC-SELF-TEST-STEP",
                        "POST /api/v1/uploads was answered with 503 DEPENDENCY_DOWN",
                        "nanoctl status"))));
    List<SelfTest.Step> gone = steps.subList(0, doorClosed ? 2 : 1);
    gone.forEach(listener::ended);
    return gone;
  }

  private int edit(String command, Path file) {
    asked.add("editor " + command);
    try {
      Files.writeString(file, command.startsWith("break") ? "server: {port: 0}\n" : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return command.equals("false") ? 1 : 0;
  }

  private static RuntimeException notInstalled(SiteFolder site) {
    return new Problem.NotInstalled(
            "NC-NOT-INSTALLED", "there is no instance in " + site.root(), "nanoctl install")
        .raise();
  }

  private static Instance instance(SiteFolder site) {
    return new Instance(
        new Layout(site), "id", true, "postgres", Ports.embedded(5432), Supervision.DAEMON);
  }

  @Override
  public Plan planInstall(SiteFolder site, InstallOrder order) {
    return RunPlans.start(Supervision.DAEMON);
  }

  @Override
  public InstallSummary install(SiteFolder site, InstallOrder order, Progress progress) {
    asked.add("install as " + order.adminEmail());
    Plan plan = planInstall(site, order);
    progress.planned(plan);
    for (Step step : plan.steps()) {
      progress.began(step);
      progress.done(step, "18.6", Duration.ofMillis(2100));
    }
    writeConfig(site, order.config());
    return new InstallSummary(
        instance(site),
        true,
        new SiteConfigFile(site.config()).load().url(),
        order.adminEmail(),
        Optional.of(URI.create("http://127.0.0.1:8080/anmelden/link#token")),
        site.secrets().resolve("first-admin-link"));
  }

  private static void writeConfig(SiteFolder site, ConfigText text) {
    try {
      Files.createDirectories(site.root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new SiteConfigFile(site.config()).write(text);
  }

  @Override
  public Plan plan(SiteFolder site, Change change) {
    return switch (change) {
      case START -> RunPlans.start(Supervision.DAEMON);
      case STOP -> RunPlans.stop(Supervision.DAEMON);
      case RESTART -> RunPlans.restart(Supervision.DAEMON);
    };
  }

  @Override
  public void apply(SiteFolder site, Change change, Progress progress) {
    asked.add(change.name());
  }

  @Override
  public Plan planUninstall(SiteFolder site, boolean purge) {
    return RunPlans.stop(Supervision.DAEMON);
  }

  @Override
  public void uninstall(SiteFolder site, boolean purge, Progress progress) {
    asked.add(purge ? "purge" : "uninstall");
  }

  @Override
  public Optional<String> unfinished(SiteFolder site) {
    return Optional.of("install");
  }

  @Override
  public Optional<String> resume(SiteFolder site, Progress progress) {
    return Optional.empty();
  }

  @Override
  public Plan plan(SiteFolder site, Wish wish) {
    return switch (wish) {
      case Wish.Scale(int apps) -> ScalePlan.of(new ScaleFacts(1, 1, apps));
      case Wish.Rotate(List<String> names) -> RotatePlan.of(names, 1);
      case Wish.Upgrade _, Wish.Rollback _ -> new Plan("upgrade", List.of());
    };
  }

  @Override
  public Plan fulfil(SiteFolder site, Wish wish, Progress progress) {
    asked.add(wish.toString());
    return plan(site, wish);
  }

  @Override
  public List<SecretState> secrets(SiteFolder site) {
    return List.of(
        new SecretState("redis-state-password", true, Optional.of(NOW)),
        new SecretState("token-key", false, Optional.empty()));
  }

  @Override
  public StatusReport status(SiteFolder site) {
    if (!Files.exists(site.config())) {
      throw notInstalled(site);
    }
    Instant since = NOW.minus(Duration.ofHours(292));
    return new StatusReport(
        instance(site),
        !down,
        Optional.of(since),
        usage(),
        List.of(
            service("agent", since),
            service("postgres", since),
            down
                ? new StatusReport.Service(
                    "server",
                    StatusReport.State.DOWN,
                    false,
                    OptionalLong.empty(),
                    Optional.empty())
                : service("server", since)),
        List.copyOf(problems));
  }

  private Usage usage() {
    return new Usage(
        down
            ? Optional.empty()
            : Optional.of(new Usage.Requests(812, OptionalDouble.of(0.0142), 0)),
        Optional.of(new Usage.Database("18.6", 4_402_341_478L, 12, 40)),
        new Usage.Space(41L << 30, OptionalLong.of(270)),
        Optional.of(
            new ServedCertificate(
                SiteConfig.TlsMode.FILES,
                "lernhof.example",
                List.of("lernhof.example"),
                Optional.of(
                    new ServedCertificate.Life(
                        NOW.minus(Duration.ofDays(46)), NOW.plus(Duration.ofDays(44)))),
                true,
                Optional.empty())));
  }

  private static StatusReport.Service service(String name, Instant since) {
    return new StatusReport.Service(
        name, StatusReport.State.RUNNING, true, OptionalLong.of(7), Optional.of(since));
  }

  @Override
  public List<CheckResult> examine(SiteFolder site) {
    return List.of(
        new CheckResult("cores", Outcome.OK, "", "2 cores", ""),
        new CheckResult(
            "disk-free", Outcome.FAILED, "NC-DISK-LOW", "100 MB of disk free", "make room"));
  }

  @Override
  public List<CheckResult> selfTest(SiteFolder site) {
    return List.of(new CheckResult("cores", Outcome.FAILED, "NC-CORES", "0 cores", "add one"));
  }

  @Override
  public Map<String, String> versions(SiteFolder site) {
    return Map.of("postgres", "18.6");
  }

  @Override
  public SitePapers papers(SiteFolder site) {
    var layout = new Layout(site);
    return new SitePapers(layout, () -> Logs.of(layout));
  }

  @Override
  public Invitation create(SiteFolder site, String email, String role) {
    asked.add("create " + email + " " + role);
    return new Invitation(user(email, role), URI.create("http://127.0.0.1:8080/anmelden/link#t"));
  }

  private static User user(String email, String role) {
    return new User("id", email, "ada", role, "active", NOW);
  }

  @Override
  public List<User> list(SiteFolder site) {
    return List.of(user("ada@example.org", "creator"));
  }

  @Override
  public User role(SiteFolder site, String email, String role) {
    return user(email, role);
  }

  @Override
  public Invitation resetPassword(SiteFolder site, String email) {
    return create(site, email, "creator");
  }

  @Override
  public ImportSummary run(
      SiteFolder site, Path source, Optional<String> as, ImportListener listener) {
    var rejection = new Rejection("guides/broken", "ZIP_BOMB", "index.html unpacks to 2 GB");
    listener.rejected(rejection);
    listener.progress(3, 3, 1);
    return new ImportSummary(2, 0, List.of(rejection));
  }

  @Override
  public long reindex(SiteFolder site, Counter counter) {
    counter.at(1, 2);
    return 2;
  }

  @Override
  public Copied copyObjects(SiteFolder site, Counter counter) {
    counter.at(3, 3);
    return new Copied(2, 1, 3L << 20);
  }

  @Override
  public Bucket probeObjects(SiteFolder site) {
    return new Bucket(
        "https://s3.example/nanos",
        List.of(
            new Feature("write and read", State.YES, true, ""),
            new Feature("ranged GET", down ? State.NO : State.YES, true, "no downloads go on"),
            new Feature("conditional PUT", State.NO, false, "only one may write")));
  }

  @Override
  public AuditCheck verifyAudit(SiteFolder site) {
    return new AuditCheck(12, brokenEntry);
  }
}
