package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.base.ControlFile;
import dev.nanoctl.backup.wal.LogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the data directory of a cluster from a snapshot, so that PostgreSQL, when started on it,
 * replays the planned log, stops at the target, and begins a timeline of its own.
 *
 * <p>Nothing can be started before all of it is durable: {@code pg_control} comes last. Log is
 * fetched beforehand, so that replaying is a copy of local files: when such a copy fails, or a
 * planned file is gone, the command ends with 255, which PostgreSQL takes as fatal. Had it ended
 * with 1, PostgreSQL would believe that log ends there, and open a database with commits missing.
 * Every file is compared with the checksum that PostgreSQL itself made of it for the backup.
 */
public final class ClusterRestore {
  /** Where log lies below the data directory until the restore is accepted. */
  public static final String LOG = "nanoctl_restore";

  private static final String PLAN = LOG + "/complete";
  private static final String SETTINGS = "postgresql.auto.conf";

  private static final Pattern EARLIER =
      Pattern.compile(
          "(?m)^(# how nanoctl restored this cluster|restore_command|recovery_target).*\\R?");

  private static final String COMMAND =
      """
      test -f @PLAN@ || exit 255; \
      if test -f @LOG@/%f; then cp @LOG@/%f %p || exit 255; exit 0; fi; \
      grep -qx %f @PLAN@; test $? -eq 1 && exit 1; exit 255\
      """
          .replace("@PLAN@", PLAN)
          .replace("@LOG@", LOG);

  private final BlockSource snapshot;
  private final LogStore store;
  private final int threads;

  /**
   * Restores from that snapshot and that log.
   *
   * @param threads how many files are fetched at once
   */
  public ClusterRestore(BlockSource snapshot, LogStore store, int threads) {
    this.snapshot = snapshot;
    this.store = store;
    this.threads = threads;
  }

  /**
   * Writes the data directory.
   *
   * @param data has to be missing or empty
   * @throws IOException when something cannot be read or written; the folder is then of no use
   */
  public void write(RestorePlan plan, Path data) throws IOException, InterruptedException {
    write(plan, data, true);
  }

  /** The same without any setting that {@code ALTER SYSTEM} made on the server it came from. */
  public void writeApart(RestorePlan plan, Path data) throws IOException, InterruptedException {
    write(plan, data, false);
  }

  private void write(RestorePlan plan, Path data, boolean settings)
      throws IOException, InterruptedException {
    requireEmpty(data);
    List<SnapshotFile> files =
        snapshot.manifest().files().stream().filter(ClusterRestore::isOfCluster).toList();
    for (SnapshotFile file : files) {
      if (file.source().kind() == SourceFile.Kind.DIRECTORY) {
        Files.createDirectories(data.resolve(file.source().path()));
      }
    }
    Path log = Files.createDirectory(data.resolve(LOG));
    var contents = new DataFiles(snapshot, files);
    List<String> names =
        fetch(contents, files, data, () -> new LogSegments(store, log).write(plan));
    if (!plan.history().forks().isEmpty()) {
      names.add(plan.history().fileName());
      write(log.resolve(plan.history().fileName()), text(plan));
    }
    if (!settings) {
      Files.deleteIfExists(data.resolve(SETTINGS));
    }
    replace(data.resolve(SETTINGS), settings(plan));
    write(data.resolve("recovery.signal"), "");
    write(data.resolve(PLAN), String.join("\n", names) + "\n");
    forceFolders(data);
    control(contents, files, data);
  }

  /** A backup of a cluster that was restored itself may hold the log of that restore. */
  private static boolean isOfCluster(SnapshotFile file) {
    String path = file.source().path();
    return file.part() == Part.DATABASE && !path.equals(LOG) && !path.startsWith(LOG + "/");
  }

  private static boolean isContent(SnapshotFile file) {
    return file.source().kind() == SourceFile.Kind.FILE
        && !file.source().path().equals(ControlFile.PATH);
  }

  private static void requireEmpty(Path data) throws IOException {
    Files.createDirectories(data);
    try (Stream<Path> there = Files.list(data)) {
      if (there.findAny().isPresent()) {
        throw new IOException("not empty: " + data);
      }
    }
    Files.setPosixFilePermissions(
        data,
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
  }

  /** The log beside the files, and of those the largest first, so that none is waited for alone. */
  private List<String> fetch(
      DataFiles contents, List<SnapshotFile> files, Path data, Callable<List<String>> log)
      throws IOException, InterruptedException {
    try (var workers = Executors.newFixedThreadPool(threads)) {
      Future<List<String>> names = workers.submit(log);
      List<Future<?>> all = new ArrayList<>();
      files.stream()
          .filter(ClusterRestore::isContent)
          .sorted(Comparator.comparingLong((SnapshotFile f) -> f.source().size()).reversed())
          .forEach(file ->
              all.add(
                  workers.submit(() -> {
                    contents.write(file, data.resolve(file.source().path()));
                    return file;
                  })));
      for (Future<?> one : all) {
        one.get();
      }
      return new ArrayList<>(names.get());
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException other -> throw other;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static void control(DataFiles contents, List<SnapshotFile> files, Path data)
      throws IOException {
    SnapshotFile control =
        files.stream()
            .filter(file -> file.source().path().equals(ControlFile.PATH))
            .findFirst()
            .orElseThrow(() -> new IOException("the snapshot has no " + ControlFile.PATH));
    Path path = data.resolve(ControlFile.PATH);
    Path beside = data.resolve(ControlFile.PATH + ".restored");
    contents.write(control, beside);
    ControlFile.read(Files.readAllBytes(beside));
    Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    forceFolders(data.resolve("global"));
  }

  private static String settings(RestorePlan plan) {
    return """

    # how nanoctl restored this cluster; of no effect once it is open
    restore_command = '%s'
    recovery_target_timeline = '%d'
    recovery_target_action = 'promote'
    %s
    """
        .formatted(COMMAND, plan.history().timeline(), plan.target().setting());
  }

  private static String text(RestorePlan plan) {
    var text = new StringBuilder();
    plan.history()
        .forks()
        .forEach(fork ->
            text.append(fork.timeline()).append('\t').append(fork.end()).append("\tfork\n"));
    return text.toString();
  }

  /** Puts settings in the place of those an earlier restore left: two targets are one too many. */
  private static void replace(Path file, String text) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    Files.deleteIfExists(file);
    write(file, EARLIER.matcher(before).replaceAll("").stripTrailing() + "\n" + text);
  }

  private static void write(Path file, String text) throws IOException {
    try (var out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.setPosixFilePermissions(file, DataFiles.permissions(0600));
  }

  private static void forceFolders(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, DataFiles.permissions(0700));
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }
}
