package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.plan.MigratePlan;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.process.ListeningPort;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Gathers what the checks judge, from this machine as it is now. Changes nothing. */
final class FactsGathering {
  private static final Set<String> OURS =
      Set.of(
          "nanoctl.yml",
          "images.yml",
          MigratePlan.ASIDE,
          "docker",
          "work",
          "state",
          "secrets",
          "postgres",
          "logs",
          "run",
          "cache",
          "objects",
          "search");
  private static final String BUILT = "2026-11-01T00:00:00Z";
  private static final int COMMON_WRITE = 2;

  private final Layout layout;
  private final SiteConfig config;
  private final Surroundings surroundings;
  private final Driver driver;
  private final Optional<Secret> databasePassword;
  private final Optional<Instance> instance;

  FactsGathering(
      Layout layout,
      SiteConfig config,
      Surroundings surroundings,
      Driver driver,
      Optional<Secret> databasePassword) {
    this.databasePassword = databasePassword;
    this.layout = layout;
    this.config = config;
    this.surroundings = surroundings;
    this.driver = driver;
    this.instance = Instance.find(layout.site());
  }

  Facts gather() throws InterruptedException {
    return new Facts(hardware(), storage(), network(), host(), clocks(), site());
  }

  private static Facts.Hardware hardware() {
    boolean glibc =
        Stream.of("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
            .anyMatch(loader -> Files.exists(Path.of(loader)));
    return new Facts.Hardware(
        System.getProperty("os.arch"),
        System.getProperty("os.version"),
        glibc,
        Runtime.getRuntime().availableProcessors(),
        Memory.read());
  }

  private Facts.Storage storage() throws InterruptedException {
    var disk = Disk.near(layout.root());
    boolean own = disk.folder().equals(layout.root());
    return new Facts.Storage(
        disk.type(),
        disk.free(),
        disk.inodes(),
        disk.fsync(),
        new Facts.Folder(
            disk.folder(),
            Files.isWritable(disk.folder()),
            own && othersWrite(disk.folder()),
            owner(disk.folder()),
            own ? strangers() : List.of()),
        surroundings.content().objects().look(layout, config));
  }

  private static boolean othersWrite(Path folder) {
    return permissions(folder).stream()
        .anyMatch(
            p -> p == PosixFilePermission.OTHERS_WRITE || p == PosixFilePermission.GROUP_WRITE);
  }

  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      return Set.of();
    }
  }

  private static String owner(Path folder) {
    try {
      return OsAccount.owning(folder).name();
    } catch (IOException e) {
      return "somebody else";
    }
  }

  private List<String> strangers() {
    try (Stream<Path> files = Files.list(layout.root())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(Predicate.not(OURS::contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Facts.Network network() {
    String bind = config.server().bind();
    InetAddress address = InetAddress.ofLiteral(bind);
    return new Facts.Network(
        new Facts.Ports(
            port(config.entryPort(), address),
            config.plainPort().stream().mapToObj(plain -> port(plain, address)).findFirst(),
            ownPostgres().map(number -> port(number, InetAddress.getLoopbackAddress()))),
        bind,
        NameLook.here(address),
        new Facts.Names(NameLook.localhost(), config.server().domain().map(NameLook::domain)),
        ServedCertificate.of(layout, config),
        config.postgres().external().map(this::database));
  }

  private Optional<Integer> ownPostgres() {
    return config.postgres().external().isPresent()
        ? Optional.empty()
        : config
            .postgres()
            .port()
            .or(() ->
                instance.filter(known -> known.external().isEmpty()).map(Instance::postgresPort))
            .or(() -> Optional.of(0));
  }

  private Facts.Database database(ExternalDatabase database) {
    return databasePassword
        .or(this::keptPassword)
        .map(password ->
            DatabaseLook.look(
                DatabaseAddress.of(database.in(layout.site()), password),
                database.shown(),
                DatabaseUse.of(instance, config)))
        .orElseGet(() -> DatabaseLook.withoutPassword(database.shown()));
  }

  private Optional<Secret> keptPassword() {
    try {
      return Optional.of(new Secret(Files.readString(layout.secret(SecretNames.DATABASE)).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A port that an installed instance itself holds is not taken. */
  private Facts.Port port(int number, InetAddress address) {
    if (number == 0 || ListeningPort.free(address, number)) {
      return new Facts.Port(number, Optional.empty());
    }
    Optional<RunningProcess> owner = ListeningPort.owner(number);
    boolean ours =
        owner.isPresent()
            && instance.isPresent()
            && (owner.get().directory().filter(d -> d.startsWith(layout.root())).isPresent()
                || publishedByDocker(owner.get()));
    return new Facts.Port(
        number,
        ours
            ? Optional.empty()
            : Optional.of(owner.map(FactsGathering::described).orElse("another process")));
  }

  /** The engine holds the ports of an installed instance's containers itself. */
  private boolean publishedByDocker(RunningProcess owner) {
    return owner.name().equals("docker-proxy")
        && instance
            .filter(Instance::installed)
            .filter(installed -> installed.ports().engine() == SiteConfig.Engine.DOCKER)
            .isPresent();
  }

  private static String described(RunningProcess process) {
    return "%s (pid %d)".formatted(process.name(), process.pid());
  }

  private Facts.Host host() {
    OsAccount current = OsAccount.current();
    String name = driver.account(config);
    var tools = new ArrayList<>(List.of("setsid", "sh", "stat"));
    if (current.isRoot()) {
      tools.add("setpriv");
    }
    tools.removeIf(FactsGathering::onPath);
    Path programs = surroundings.programs().folder();
    var programsDisk = Disk.near(programs);
    return new Facts.Host(
        new Facts.Account(
            name, OsAccount.named(name).isPresent(), current.isRoot() && onPath("useradd"), tools),
        new Facts.Limits(
            limit("Max open files"),
            limit("Max processes"),
            Systemd.found(
                    Path.of("/"),
                    current,
                    Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).orElse(""))
                .name()),
        new Facts.Folders(
            Files.isWritable(Path.of(System.getProperty("java.io.tmpdir"))),
            programsDisk.executable() && Files.isWritable(programsDisk.folder()),
            Files.isWritable(Path.of("/dev/shm")),
            programs,
            instance.flatMap(known -> PackagesFolder.closed(known, config))),
        System.getProperty("sun.jnu.encoding", "UTF-8"),
        driver.docker(config, layout));
  }

  private static boolean onPath(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static long limit(String name) {
    try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip().replaceFirst("\\s.*", ""))
          .map(value -> value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value))
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private Facts.Clocks clocks() {
    Optional<Instant> newest = Optional.empty();
    try {
      if (Files.exists(layout.journal())) {
        newest = Optional.of(Files.getLastModifiedTime(layout.journal()).toInstant());
      }
    } catch (IOException e) {
      newest = Optional.empty();
    }
    return new Facts.Clocks(surroundings.clock().instant(), Instant.parse(BUILT), newest);
  }

  private Facts.Site site() {
    boolean installed = instance.filter(Instance::installed).isPresent();
    Optional<String> unfinished = new Appliance(layout.site(), surroundings).unfinished();
    return new Facts.Site(
        installed,
        unfinished,
        installed || unfinished.isPresent() ? List.of() : leftovers(),
        data(),
        new Facts.Files(openSecrets(), missingSecrets(), drifted()),
        installed ? unwell() : List.of());
  }

  private List<String> leftovers() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.flatMap(handle -> RunningProcess.of(handle.pid()).stream())
          .filter(process ->
              process.directory().filter(d -> d.startsWith(layout.postgres())).isPresent())
          .map(FactsGathering::described)
          .toList();
    }
  }

  private Optional<Problem> data() {
    try {
      new Survey(layout, surroundings, driver).examineData(config);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  private List<String> openSecrets() {
    return Stream.concat(SecretNames.ALL.stream(), SecretNames.S3.stream())
        .filter(name -> Files.exists(layout.secret(name)))
        .filter(name -> permissions(layout.secret(name)).size() > COMMON_WRITE)
        .toList();
  }

  private List<String> missingSecrets() {
    List<String> needed = SecretNames.embedded(config.postgres().external().isPresent());
    return needed.stream().filter(name -> !Files.exists(layout.secret(name))).toList();
  }

  private List<String> drifted() {
    return instance.isPresent() ? new RenderedFiles(layout).drifted() : List.of();
  }

  private List<String> unwell() {
    return driver.status(instance.orElseThrow(), config).problems().stream()
        .map(Problem::message)
        .toList();
  }
}
