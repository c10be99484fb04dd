package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.base.ControlFile;
import dev.nanoctl.backup.wal.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
  private static final int AT_ONCE = 256 * 1024;

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
    requireEmpty(data);
    List<SnapshotFile> files =
        snapshot.manifest().files().stream().filter(ClusterRestore::isOfCluster).toList();
    for (SnapshotFile file : files) {
      if (file.source().kind() == SourceFile.Kind.DIRECTORY) {
        Files.createDirectories(data.resolve(file.source().path()));
      }
    }
    fetch(files.stream().filter(ClusterRestore::isContent).toList(), data);
    Path log = Files.createDirectory(data.resolve(LOG));
    List<String> names = new ArrayList<>(new LogSegments(store, log).write(plan));
    if (!plan.history().forks().isEmpty()) {
      names.add(plan.history().fileName());
      write(log.resolve(plan.history().fileName()), text(plan));
    }
    replace(data.resolve(SETTINGS), settings(plan));
    write(data.resolve("recovery.signal"), "");
    write(data.resolve(PLAN), String.join("\n", names) + "\n");
    forceFolders(data);
    control(files, data);
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

  private void fetch(List<SnapshotFile> files, Path data) throws IOException, InterruptedException {
    try (var workers = Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
      List<Future<?>> all = new ArrayList<>();
      for (SnapshotFile file : files) {
        all.add(workers.submit(() -> fetchQuietly(file, data.resolve(file.source().path()))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UncheckedIOException io -> throw io.getCause();
        case RuntimeException other -> throw other;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private void fetchQuietly(SnapshotFile file, Path path) {
    try {
      fetch(file, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetch(SnapshotFile file, Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (var out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer gathered = ByteBuffer.allocate(Math.clamp(file.source().size(), 1, AT_ONCE));
      snapshot.read(
          file,
          (bytes, offset, length) -> {
            for (int at = 0; at < length; ) {
              if (!gathered.hasRemaining()) {
                flush(gathered, out);
              }
              int count = Math.min(length - at, gathered.remaining());
              gathered.put(bytes, offset + at, count);
              at += count;
            }
          });
      flush(gathered, out);
      out.force(true);
    }
    Files.setPosixFilePermissions(path, permissions(file.source().mode()));
    long size = Files.size(path);
    if (size != file.source().size()) {
      throw new IOException("%s has %d bytes, not %d".formatted(path, size, file.source().size()));
    }
  }

  private static void flush(ByteBuffer gathered, FileChannel out) throws IOException {
    gathered.flip();
    while (gathered.hasRemaining()) {
      out.write(gathered);
    }
    gathered.clear();
  }

  private void control(List<SnapshotFile> files, Path data) throws IOException {
    SnapshotFile control =
        files.stream()
            .filter(file -> file.source().path().equals(ControlFile.PATH))
            .findFirst()
            .orElseThrow(() -> new IOException("the snapshot has no " + ControlFile.PATH));
    Path path = data.resolve(ControlFile.PATH);
    Path beside = data.resolve(ControlFile.PATH + ".restored");
    fetch(control, beside);
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
    Files.setPosixFilePermissions(file, permissions(0600));
  }

  private static void forceFolders(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, permissions(0700));
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        set.add(all[i]);
      }
    }
    return set;
  }
}
