package dev.nanoctl.appliance.testing;

import dev.nanoctl.appliance.Appliance;
import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.Launch;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.Surroundings;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.postgres.ProgramsCache;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteFolder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A place to install into; closing it ends every process that works there and removes it. */
public final class TestSite implements AutoCloseable {
  private static final int KILLED = 137;

  private final Path folder;
  private final String yaml;

  private TestSite(Path folder, String yaml) {
    this.folder = folder;
    this.yaml = yaml;
  }

  /** A new, empty place, with a free port in the configuration to come. */
  public static TestSite create() throws IOException {
    return create(Files.createTempDirectory("nanoctl-site-"));
  }

  /** A place in that folder. */
  public static TestSite create(Path folder) throws IOException {
    String yaml =
        """
        server:
          port: %d
        postgres:
          memory: 32 MB
        """
            .formatted(freePort());
    Files.writeString(folder.resolve("order.yml"), yaml);
    return new TestSite(folder, yaml);
  }

  /** The site folder; it does not exist before the installation. */
  public SiteFolder site() {
    return new SiteFolder(folder.resolve("site"));
  }

  /** The port the server is to have. */
  public static int port(TestSite site) {
    return Integer.parseInt(site.yaml.lines().toList().get(1).replaceAll("\\D", ""));
  }

  /** The folder around the site. */
  public Path folder() {
    return folder;
  }

  /** What the tests install. */
  public InstallOrder order() {
    return order(yaml);
  }

  static InstallOrder order(String yaml) {
    return new InstallOrder(new ConfigText(yaml), "ada@example.org", false);
  }

  /** The instance, driven from this process. */
  public Appliance appliance() {
    return new Appliance(site(), surroundings(0));
  }

  /**
   * Surroundings whose journal halts this process, as kill -9 would, at its line of that number.
   */
  static Surroundings surroundings(int haltAt) {
    var written = new AtomicInteger();
    Journal.Hook hook =
        line -> {
          if (written.incrementAndGet() == haltAt) {
            Runtime.getRuntime().halt(KILLED);
          }
        };
    return new Surroundings(
        new TestLaunch(),
        new Surroundings.Content(
            (instance, email) -> URI.create("http://127.0.0.1/link#once"),
            (layout, config) -> Optional.empty()),
        programs(),
        OsAccount.current().isRoot() ? "nobody" : OsAccount.current().name(),
        InstantSource.system(),
        hook);
  }

  /** A cache of the tests' own, which no uninstallation empties. */
  static ProgramsCache programs() {
    var cache = new ProgramsCache(ProgramsCache.standard().folder().resolveSibling("nanoctl-test"));
    cache.use("tests");
    return cache;
  }

  /** Runs an operation in a process of its own; its exit status. */
  public int run(String verb, int haltAt) throws IOException, InterruptedException {
    return start(verb, haltAt).waitFor();
  }

  /** Starts an operation in a process of its own. */
  public Process start(String verb, int haltAt) throws IOException {
    return new ProcessBuilder(TestLaunch.java(verb, site(), Integer.toString(haltAt)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder + "/output")))
        .start();
  }

  /** Every process that works for this site: postmaster, backends, agent and server. */
  public List<RunningProcess> processes() {
    String root = site().root().toString();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.flatMap(handle -> RunningProcess.of(handle.pid()).stream())
          .filter(process -> process.pid() != ProcessHandle.current().pid())
          .filter(process ->
              process.directory().filter(d -> d.toString().startsWith(root)).isPresent()
                  || process.command().contains(root))
          .toList();
    }
  }

  /** What the output of forked operations said. */
  public String output() throws IOException {
    Path output = folder.resolve("output");
    return Files.exists(output) ? Files.readString(output) : "";
  }

  @Override
  public void close() throws IOException {
    try {
      var left = new ArrayList<>(processes());
      while (!left.isEmpty()) {
        for (RunningProcess process : left) {
          process.signal("KILL");
          process.awaitEnd(java.time.Duration.ofSeconds(5));
        }
        left = new ArrayList<>(processes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Trees.delete(folder);
  }

  /** Installs and waits until all is well. */
  public Appliance installed() {
    Appliance appliance = appliance();
    appliance.install(order(), Progress.SILENT);
    return appliance;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts this test's own classes. */
  static final class TestLaunch implements Launch {

    static List<String> java(String verb, SiteFolder site, String... more) {
      var line =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TestProgram.class.getName(),
                  verb,
                  site.root().toString()));
      line.addAll(List.of(more));
      return List.copyOf(line);
    }

    @Override
    public List<String> agent(SiteFolder site) {
      return java("agent", site);
    }

    @Override
    public List<String> renewal(SiteFolder site) {
      return java("renewal", site);
    }

    @Override
    public List<String> backups(SiteFolder site) {
      return java("backups", site);
    }

    @Override
    public List<String> server(SiteFolder site) {
      return java("serve", site);
    }

    @Override
    public String version() {
      return "test";
    }
  }
}
