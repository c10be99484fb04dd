package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Account;
import dev.nanoctl.appliance.doctor.Facts.Clocks;
import dev.nanoctl.appliance.doctor.Facts.Folders;
import dev.nanoctl.appliance.doctor.Facts.Host;
import dev.nanoctl.appliance.doctor.Facts.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Checks of accounts, limits, folders and clock. */
final class HostChecks {
  private static final long OPEN_FILES = 1024;
  private static final long PROCESSES = 256;
  private static final Duration DECADE = Duration.ofDays(3650);
  private static final Duration BACKWARDS = Duration.ofMinutes(5);

  private HostChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "account",
            true,
            facts -> account(facts.host().account()),
            facts ->
                with(
                    facts, h -> host(h, new Account("nanoctl-postgres", false, false, List.of())))),
        new Check(
            "tools",
            true,
            facts -> tools(facts.host().account()),
            facts -> with(facts, h -> host(h, new Account("x", true, true, List.of("setpriv"))))),
        new Check(
            "open-files",
            true,
            facts -> openFiles(facts.host().limits()),
            facts -> with(facts, h -> limits(h, new Limits(64, 4096, "none")))),
        new Check(
            "processes",
            true,
            facts -> processes(facts.host().limits()),
            facts -> with(facts, h -> limits(h, new Limits(4096, 20, "none")))),
        new Check(
            "temporary-folder",
            true,
            facts -> temporary(facts.host().folders()),
            facts -> with(facts, h -> folders(h, false, true, true))),
        new Check(
            "programs-folder",
            true,
            facts -> programs(facts.host()),
            facts -> with(facts, h -> withoutEngine(folders(h, true, false, true)))),
        new Check(
            "shared-memory",
            true,
            facts -> sharedMemory(facts.host().folders()),
            facts -> with(facts, h -> folders(h, true, true, false))),
        new Check(
            "packages-folder",
            true,
            facts -> packages(facts.host().folders()),
            facts -> with(facts, h -> packagesClosed(h, "/site/objects belongs to root"))),
        new Check(
            "locale",
            true,
            facts -> encoding(facts.host()),
            facts ->
                with(
                    facts,
                    h -> new Host(h.account(), h.limits(), h.folders(), "US-ASCII", h.docker()))),
        new Check(
            "clock",
            true,
            facts -> clock(facts.clocks()),
            facts -> withClock(facts, Instant.EPOCH)));
  }

  private static Facts with(Facts facts, UnaryOperator<Host> change) {
    return new Facts(
        facts.hardware(),
        facts.storage(),
        facts.network(),
        change.apply(facts.host()),
        facts.clocks(),
        facts.site());
  }

  private static Facts withClock(Facts facts, Instant now) {
    return new Facts(
        facts.hardware(),
        facts.storage(),
        facts.network(),
        facts.host(),
        new Clocks(now, facts.clocks().built(), facts.clocks().newest()),
        facts.site());
  }

  private static Host host(Host host, Account account) {
    return new Host(account, host.limits(), host.folders(), host.encoding(), host.docker());
  }

  private static Host limits(Host host, Limits limits) {
    return new Host(host.account(), limits, host.folders(), host.encoding(), host.docker());
  }

  private static Host folders(Host host, boolean temporary, boolean programs, boolean shared) {
    return new Host(
        host.account(),
        host.limits(),
        new Folders(
            temporary,
            programs,
            shared,
            host.folders().programs(),
            host.folders().packagesClosed()),
        host.encoding(),
        host.docker());
  }

  private static Host packagesClosed(Host host, String why) {
    Folders now = host.folders();
    var folders =
        new Folders(
            now.temporaryWritable(),
            now.programsExecutable(),
            now.sharedMemory(),
            now.programs(),
            Optional.of(why));
    return new Host(host.account(), host.limits(), folders, host.encoding(), host.docker());
  }

  static Facts withDocker(Facts facts, DockerFacts docker) {
    return with(
        facts,
        h -> new Host(h.account(), h.limits(), h.folders(), h.encoding(), Optional.of(docker)));
  }

  private static CheckResult account(Account account) {
    if (account.exists()) {
      return ok("account", "postgres runs as " + account.name());
    }
    return account.creatable()
        ? ok("account", "postgres will run as %s, which is made".formatted(account.name()))
        : failed(
            "account",
            "NC-ACCOUNT",
            "the account %s does not exist and cannot be made".formatted(account.name()),
            "make it by hand: useradd --system " + account.name());
  }

  private static CheckResult tools(Account account) {
    return account.missingTools().isEmpty()
        ? ok("tools", "all there")
        : failed(
            "tools",
            "NC-TOOLS",
            "these programs are missing: " + String.join(", ", account.missingTools()),
            "install them; on Debian and Ubuntu: apt-get install util-linux passwd");
  }

  private static CheckResult openFiles(Limits limits) {
    return limits.openFiles() >= OPEN_FILES
        ? ok("open-files", limits.openFiles() + " allowed")
        : failed(
            "open-files",
            "NC-OPEN-FILES",
            "only %d files may be open".formatted(limits.openFiles()),
            "raise the limit: ulimit -n 65536");
  }

  private static CheckResult processes(Limits limits) {
    return limits.processes() >= PROCESSES
        ? ok("processes", "enough allowed")
        : failed(
            "processes",
            "NC-PROCESSES",
            "only %d processes may run".formatted(limits.processes()),
            "raise the limit: ulimit -u 4096");
  }

  private static CheckResult temporary(Folders folders) {
    return folders.temporaryWritable()
        ? ok("temporary-folder", "writable")
        : failed(
            "temporary-folder",
            "NC-TEMPORARY-FOLDER",
            "the temporary folder cannot be written",
            "make room there, or name another: TMPDIR=/var/tmp");
  }

  /** As on a machine whose own processes serve. */
  private static Host withoutEngine(Host h) {
    return new Host(h.account(), h.limits(), h.folders(), h.encoding(), Optional.empty());
  }

  /** Where containers serve, PostgreSQL's programs are in its image. */
  private static CheckResult programs(Host host) {
    Path folder = host.folders().programs();
    if (host.docker().isPresent()) {
      return ok("programs-folder", "not needed where containers serve");
    }
    return host.folders().programsExecutable()
        ? ok("programs-folder", folder.toString())
        : failed(
            "programs-folder",
            "NC-PROGRAMS-FOLDER",
            "programs cannot be unpacked into %s and run there".formatted(folder),
            "name a folder of your own on a disk without noexec: NANOCTL_CACHE=DIR");
  }

  private static CheckResult packages(Folders folders) {
    return folders
        .packagesClosed()
        .map(why ->
            failed(
                "packages-folder",
                "NC-OBJECTS-READ-ONLY",
                "no package can be stored: " + why,
                "give the folder back to that account, or mount its disk for writing; the server "
                    + "goes on by itself"))
        .orElseGet(() -> ok("packages-folder", "packages can be stored"));
  }

  private static CheckResult sharedMemory(Folders folders) {
    return folders.sharedMemory()
        ? ok("shared-memory", "/dev/shm is writable")
        : failed(
            "shared-memory",
            "NC-SHARED-MEMORY",
            "/dev/shm is missing or cannot be written",
            "mount it: mount -t tmpfs tmpfs /dev/shm");
  }

  private static CheckResult encoding(Host host) {
    return host.encoding().equals("UTF-8")
        ? ok("locale", "UTF-8")
        : warning(
            "locale",
            "NC-LOCALE",
            "file names are read as %s: umlauts in the names of imported files will be lost"
                .formatted(host.encoding()),
            "run commands with LC_ALL=C.UTF-8");
  }

  private static CheckResult clock(Clocks clocks) {
    boolean sane =
        clocks.now().isAfter(clocks.built().minus(BACKWARDS))
            && clocks.now().isBefore(clocks.built().plus(DECADE));
    Optional<Instant> newest = clocks.newest();
    boolean backwards = newest.isPresent() && clocks.now().isBefore(newest.get().minus(BACKWARDS));
    if (sane && !backwards) {
      return ok("clock", clocks.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return failed(
        "clock",
        "NC-CLOCK",
        backwards
            ? "the clock says %s, which is before what was noted here already"
                .formatted(clocks.now())
            : "the clock says %s, which cannot be".formatted(clocks.now()),
        "set it: timedatectl set-ntp true, or date --set");
  }
}
