package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.core.LiveTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A repository in a directory, which may be on another machine's disk. Content is written beside,
 * forced to the disk and linked into place, so that a crash leaves a whole file or none.
 */
public final class DirectoryRepository implements Repository {
  private static final String DRAFTS = ".tmp";
  private static final String KEYS = "keys";
  private static final Duration UNFINISHED = Duration.ofDays(2);
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;
  private final Bandwidth bandwidth;

  private DirectoryRepository(Path root, Bandwidth bandwidth) {
    this.root = root;
    this.bandwidth = bandwidth;
  }

  /** Opens the directory, making it where it is missing. */
  public static DirectoryRepository create(Path root, Bandwidth bandwidth) throws IOException {
    try {
      Files.createDirectories(root.resolve(DRAFTS), OWNER_FOLDER);
    } catch (FileSystemException e) {
      throw failed(root.toString(), e);
    }
    return open(root, bandwidth);
  }

  /**
   * Opens a directory that was one before, and removes writes that were left unfinished. A disk
   * that is not mounted must not be written beside: a directory that never was one is {@code
   * UNAVAILABLE}.
   */
  public static DirectoryRepository open(Path root, Bandwidth bandwidth) throws IOException {
    var repository = new DirectoryRepository(root.toAbsolutePath().normalize(), bandwidth);
    Path drafts = repository.root.resolve(DRAFTS);
    try {
      if (Files.isDirectory(repository.root.resolve(KEYS))) {
        Files.createDirectories(drafts, OWNER_FOLDER);
      }
      removeOld(drafts);
    } catch (NoSuchFileException e) {
      throw new RepositoryException(
          Kind.UNAVAILABLE, root.toString(), "there is no repository; is the disk mounted?", e);
    } catch (FileSystemException e) {
      throw failed(root.toString(), e);
    }
    return repository;
  }

  /** Another process may be writing at this moment, but not for days. */
  private static void removeOld(Path folder) throws IOException {
    Instant old = Instant.now().minus(UNFINISHED);
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder)) {
      for (Path draft : drafts) {
        try {
          if (Files.getLastModifiedTime(draft).toInstant().isBefore(old)) {
            Files.deleteIfExists(draft);
          }
        } catch (NoSuchFileException _) {
          // it is in its place by now
        }
      }
    }
  }

  @Override
  public Stored put(String key, ByteBuffer content) throws IOException {
    Path target = path(key);
    Path draft = root.resolve(DRAFTS).resolve(UUID.randomUUID().toString());
    try {
      write(draft, content.asReadOnlyBuffer());
      return publish(key, draft, target);
    } catch (FileSystemException e) {
      throw failed(key, e);
    } finally {
      discard(draft);
    }
  }

  private static void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException _) {
      // it must not hide why the write failed, and goes when the repository is opened days later
    }
  }

  private void write(Path draft, ByteBuffer content) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE)) {
      while (content.hasRemaining()) {
        int step = Math.min(Bandwidth.STEP, content.remaining());
        bandwidth.take(step);
        ByteBuffer part = content.slice(content.position(), step);
        while (part.hasRemaining()) {
          file.write(part);
        }
        content.position(content.position() + step);
      }
      file.force(true);
    }
  }

  private Stored publish(String key, Path draft, Path target) throws IOException {
    Path folder = folder(target);
    makeFolders(folder);
    try {
      link(draft, target);
    } catch (FileAlreadyExistsException e) {
      if (Files.mismatch(target, draft) >= 0) {
        throw new RepositoryException(Kind.TAKEN, key, "exists with other content", e);
      }
      force(folder);
      return Stored.SAME;
    }
    force(folder);
    return Stored.NEW;
  }

  /** A hard link never replaces a file; where there are none, the lock of this process must do. */
  private synchronized void link(Path draft, Path target) throws IOException {
    try {
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    makeFolders(folder(folder));
    try {
      Files.createDirectory(folder, OWNER_FOLDER);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    force(folder(folder));
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel entry = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
      entry.force(true);
    }
  }

  @Override
  public Optional<byte[]> get(String key, int limit) throws IOException {
    try (FileChannel file = FileChannel.open(path(key), StandardOpenOption.READ)) {
      if (file.size() > limit) {
        throw new RepositoryException(Kind.DAMAGED, key, "has more than " + limit + " bytes");
      }
      return Optional.of(read(key, file, 0, (int) file.size()));
    } catch (NoSuchFileException e) {
      requireRoot(e);
      return Optional.empty();
    } catch (FileSystemException e) {
      throw failed(key, e);
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    try (FileChannel file = FileChannel.open(path(key), StandardOpenOption.READ)) {
      return read(key, file, offset, length);
    } catch (FileSystemException e) {
      throw failed(key, e);
    }
  }

  private byte[] read(String key, FileChannel file, long offset, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    while (into.hasRemaining()) {
      int step = Math.min(Bandwidth.STEP, into.remaining());
      bandwidth.take(step);
      into.limit(into.position() + step);
      int read = file.read(into, offset + into.position());
      into.limit(length);
      if (read < 0) {
        throw new RepositoryException(Kind.DAMAGED, key, "ends at byte " + file.size());
      }
    }
    return into.array();
  }

  @Override
  public void list(String prefix, Consumer<Listed> each) throws IOException {
    Path start = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1)).normalize();
    if (!start.startsWith(root)) {
      throw new IllegalArgumentException("not a prefix: " + prefix);
    }
    if (!Files.isDirectory(start)) {
      requireRoot(new NoSuchFileException(start.toString()));
      return;
    }
    LiveTree.walk(
        start,
        (file, attributes) -> {
          String key = root.relativize(file).toString().replace('\\', '/');
          if (attributes.isRegularFile() && key.startsWith(prefix) && !key.startsWith(DRAFTS)) {
            Instant stored = attributes.lastModifiedTime().toInstant();
            each.accept(new Listed(key, attributes.size(), stored));
          }
        });
  }

  @Override
  public void delete(String key) throws IOException {
    Path target = path(key);
    try {
      if (Files.deleteIfExists(target)) {
        force(folder(target));
      }
    } catch (FileSystemException e) {
      throw failed(key, e);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, false, false);
  }

  @Override
  public void close() {
    // nothing is held
  }

  /** A disk that is not mounted must not look like an empty repository. */
  private void requireRoot(NoSuchFileException e) throws RepositoryException {
    if (!Files.isDirectory(root.resolve(DRAFTS))) {
      throw new RepositoryException(Kind.UNAVAILABLE, root.toString(), "the directory is gone", e);
    }
  }

  private Path path(String key) {
    return root.resolve(RepositoryKeys.require(key));
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " is in no folder");
    }
    return parent;
  }

  private static RepositoryException failed(String key, FileSystemException e) {
    Kind kind =
        switch (e) {
          case AccessDeniedException _ -> Kind.DENIED;
          case NoSuchFileException _ -> Kind.MISSING;
          default ->
              String.valueOf(e.getReason()).contains("No space") ? Kind.FULL : Kind.UNAVAILABLE;
        };
    String reason = e.getReason();
    return new RepositoryException(
        kind, key, reason == null ? e.getClass().getSimpleName() : reason, e);
  }
}
