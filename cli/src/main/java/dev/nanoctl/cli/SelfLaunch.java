package dev.nanoctl.cli;

import dev.nanoctl.appliance.Launch;
import dev.nanoctl.cli.command.Version;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts this program again: through its launcher, which finds Java anew, or, where there is none,
 * with the very Java and class path this process runs with.
 */
final class SelfLaunch implements Launch {
  private static final ByteSize LEAST = ByteSize.megabytes(128);
  private static final ByteSize MOST = ByteSize.megabytes(1024);

  private final Optional<Path> launcher;

  SelfLaunch(Optional<Path> launcher) {
    this.launcher = launcher;
  }

  @Override
  public List<String> agent(SiteFolder site) {
    return command(
        List.of(
            "-Xms4m",
            "-Xmx20m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders"),
        site,
        "agent");
  }

  @Override
  public List<String> server(SiteFolder site) {
    long heap = heap(site).bytes() >> 20;
    return command(
        List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"),
        site,
        "serve");
  }

  @Override
  public String version() {
    return Version.current();
  }

  private static ByteSize heap(SiteFolder site) {
    return new SiteConfigFile(site.config())
        .load()
        .server()
        .memory()
        .orElseGet(SelfLaunch::heapOfThisMachine);
  }

  /** An eighth of the memory, as the rest belongs to the database and the file cache. */
  private static ByteSize heapOfThisMachine() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long eighth = system.getTotalMemorySize() / 8;
    return new ByteSize(Math.clamp(eighth, LEAST.bytes(), MOST.bytes()));
  }

  private List<String> command(List<String> machine, SiteFolder site, String verb) {
    var line = new ArrayList<String>();
    if (launcher.isPresent()) {
      line.add(launcher.get().toString());
      machine.forEach(option -> line.add("-J" + option));
    } else {
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(machine);
      line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    }
    line.addAll(List.of("--site", site.root().toString(), verb));
    return List.copyOf(line);
  }
}
