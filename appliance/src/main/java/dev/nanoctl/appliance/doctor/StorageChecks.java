package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Folder;
import dev.nanoctl.appliance.doctor.Facts.Storage;
import dev.nanoctl.core.site.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Checks of the disk and of the site folder on it. */
final class StorageChecks {
  private static final long LEAST = 700L << 20;
  private static final long COMFORTABLE = 3L << 30;
  private static final int INODES = 10_000;
  private static final Duration SLOW = Duration.ofMillis(60);
  private static final Set<String> NETWORK =
      Set.of("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "afs", "ceph", "fuse.glusterfs");

  private StorageChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "disk-free",
            true,
            facts -> space(facts.storage()),
            facts -> with(facts, s -> storage(s, s.fileSystem(), 1L << 20, s.fsync()))),
        new Check(
            "disk-inodes",
            true,
            facts -> inodes(facts.storage()),
            facts ->
                with(
                    facts,
                    s ->
                        new Storage(
                            s.fileSystem(),
                            s.freeBytes(),
                            OptionalInt.of(12),
                            s.fsync(),
                            s.folder(),
                            s.bucket()))),
        new Check(
            "disk-latency",
            true,
            facts -> latency(facts.storage()),
            facts ->
                with(facts, s -> storage(s, s.fileSystem(), s.freeBytes(), Duration.ofSeconds(2)))),
        new Check(
            "file-system",
            true,
            facts -> fileSystem(facts.storage()),
            facts -> with(facts, s -> storage(s, "nfs4", s.freeBytes(), s.fsync()))),
        new Check(
            "site-writable",
            true,
            facts -> writable(facts.storage().folder()),
            facts -> withFolder(facts, f -> new Folder(f.path(), false, false, "root", List.of()))),
        new Check(
            "site-private",
            true,
            facts -> secret(facts.storage().folder()),
            facts -> withFolder(facts, f -> new Folder(f.path(), true, true, "root", List.of()))),
        new Check(
            "site-empty",
            true,
            facts -> strangers(facts),
            facts ->
                withFolder(
                    SiteChecks.installed(facts, false),
                    f -> new Folder(f.path(), true, false, f.owner(), List.of("photos")))));
  }

  static Facts with(Facts facts, UnaryOperator<Storage> change) {
    return new Facts(
        facts.hardware(),
        change.apply(facts.storage()),
        facts.network(),
        facts.host(),
        facts.clocks(),
        facts.site());
  }

  private static Facts withFolder(Facts facts, UnaryOperator<Folder> change) {
    return with(
        facts,
        s ->
            new Storage(
                s.fileSystem(),
                s.freeBytes(),
                s.inodes(),
                s.fsync(),
                change.apply(s.folder()),
                s.bucket()));
  }

  private static Storage storage(Storage s, String fileSystem, long free, Duration fsync) {
    return new Storage(fileSystem, free, s.inodes(), fsync, s.folder(), s.bucket());
  }

  private static CheckResult space(Storage storage) {
    String free = new ByteSize(storage.freeBytes()) + " of disk free";
    if (storage.freeBytes() < LEAST) {
      return failed(
          "disk-free",
          "NC-DISK-FULL",
          "only %s in %s".formatted(free, storage.folder().path()),
          "make room, or put the site on another disk with --site");
    }
    return storage.freeBytes() < COMFORTABLE
        ? warning("disk-free", "NC-DISK-LOW", "only " + free, "make room before there is none")
        : ok("disk-free", free);
  }

  private static CheckResult inodes(Storage storage) {
    OptionalInt inodes = storage.inodes();
    return inodes.isEmpty() || inodes.getAsInt() >= INODES
        ? ok("disk-inodes", inodes.isEmpty() ? "no limit" : inodes.getAsInt() + " free")
        : failed(
            "disk-inodes",
            "NC-DISK-INODES",
            "the disk has room for only %d more files".formatted(inodes.getAsInt()),
            "delete small files, or put the site on another disk with --site");
  }

  private static CheckResult latency(Storage storage) {
    long millis = storage.fsync().toMillis();
    return storage.fsync().compareTo(SLOW) <= 0
        ? ok("disk-latency", "a durable write takes %d ms".formatted(millis))
        : warning(
            "disk-latency",
            "NC-DISK-SLOW",
            "a durable write takes %d ms: every change will wait that long".formatted(millis),
            "use an SSD, or ask the provider about the volume");
  }

  private static CheckResult fileSystem(Storage storage) {
    String type = storage.fileSystem();
    if (NETWORK.contains(type)) {
      return failed(
          "file-system",
          "NC-FS-NETWORK",
          "%s is on a network file system (%s)".formatted(storage.folder().path(), type),
          "put the site on a local disk with --site");
    }
    return type.equals("tmpfs") || type.equals("ramfs")
        ? warning(
            "file-system",
            "NC-FS-VOLATILE",
            storage.folder().path() + " is in memory: all is lost when the machine restarts",
            "put the site on a disk with --site")
        : ok("file-system", type);
  }

  private static CheckResult writable(Folder folder) {
    return folder.writable()
        ? ok("site-writable", folder.path().toString())
        : failed(
            "site-writable",
            "NC-SITE-READ-ONLY",
            "%s cannot be written (it belongs to %s)".formatted(folder.path(), folder.owner()),
            "choose another folder with --site, or run the command as its owner");
  }

  private static CheckResult secret(Folder folder) {
    return folder.othersWrite()
        ? failed(
            "site-private",
            "NC-SITE-OPEN",
            "others may write into " + folder.path(),
            "chmod o-w,g-w " + folder.path())
        : ok("site-private", "owned by " + folder.owner());
  }

  private static CheckResult strangers(Facts facts) {
    List<String> strangers = facts.storage().folder().strangers();
    return strangers.isEmpty() || facts.site().installed()
        ? ok("site-empty", "nothing foreign in it")
        : failed(
            "site-empty",
            "NC-SITE-NOT-EMPTY",
            "%s holds other files: %s"
                .formatted(
                    facts.storage().folder().path(),
                    String.join(", ", strangers.subList(0, Math.min(3, strangers.size())))),
            "choose an empty folder with --site");
  }
}
