package dev.nanoctl.cli;

import dev.nanoctl.appliance.Launch;
import dev.nanoctl.cli.command.Version;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Starts this program again, in the form this process has. */
final class SelfLaunch implements Launch {
  private static final ByteSize LEAST = ByteSize.megabytes(128);
  private static final ByteSize MOST = ByteSize.megabytes(1024);

  /** As in the launcher: what encrypts and hashes must not wait for thousands of calls. */
  private static final List<String> BLOCKS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.GaloisCounterMode::implGCMCrypt,0.01",
          "-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.DigestBase::implCompressMultiBlock,0.05",
          "-XX:Tier4InvocationThreshold=40000",
          "-XX:Tier4MinInvocationThreshold=5000",
          "-XX:Tier4CompileThreshold=120000",
          "-XX:Tier4BackEdgeThreshold=320000");

  private final Program program;

  SelfLaunch(Program program) {
    this.program = program;
  }

  @Override
  public List<String> agent(SiteFolder site) {
    return program.command(
        List.of("-Xms4m", "-Xmx20m"),
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders"),
        List.of("--site", site.root().toString(), "agent"));
  }

  @Override
  public List<String> renewal(SiteFolder site) {
    return program.command(
        List.of("-Xmx64m"),
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        List.of("--site", site.root().toString(), "certs", "renew", "--due"));
  }

  @Override
  public List<String> server(SiteFolder site) {
    long heap = heap(site).bytes() >> 20;
    return program.command(
        List.of("-Xmx" + heap + "m"),
        List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"),
        List.of("--site", site.root().toString(), "serve"));
  }

  @Override
  public List<String> backups(SiteFolder site) {
    return program.command(
        List.of("-Xms8m", "-Xmx320m"),
        BLOCKS,
        List.of("--site", site.root().toString(), "backup", "keep"));
  }

  /** The command line of a drill with that site's backups. */
  List<String> drill(SiteFolder site, boolean sampled) {
    var arguments = new ArrayList<>(List.of("--site", site.root().toString(), "drill", "run"));
    if (sampled) {
      arguments.add("--sampled");
    }
    return program.command(List.of("-Xmx384m"), BLOCKS, arguments);
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
}
