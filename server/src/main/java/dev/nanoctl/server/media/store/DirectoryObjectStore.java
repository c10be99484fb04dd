package dev.nanoctl.server.media.store;

import dev.nanoctl.core.LiveTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Objects as files below a directory: {@code objects/KEY}, written as {@code tmp/NAME}, forced to
 * the disk and then linked into place, so that a crash at any point leaves a whole object or none.
 */
public final class DirectoryObjectStore implements ObjectStore {
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 5;
  private static final long NEARLY_NOTHING = 1 << 16;

  private final Path root;
  private final Path objects;
  private final Path temporary;

  private DirectoryObjectStore(Path root) {
    this.root = root;
    this.objects = root.resolve("objects");
    this.temporary = root.resolve("tmp");
  }

  /** Opens the store, making its folders where they are missing and removing unfinished writes. */
  public static DirectoryObjectStore open(Path root) {
    DirectoryObjectStore store = new DirectoryObjectStore(root.toAbsolutePath().normalize());
    try {
      Files.createDirectories(store.root);
      store.makeDirectories(store.objects);
      store.makeDirectories(store.temporary);
      store.removeStaleWrites();
    } catch (IOException e) {
      throw store.translate(e);
    }
    return store;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectBody body) {
    Path draft = temporary.resolve(UUID.randomUUID() + ".part");
    try {
      write(draft, key, body);
      publish(draft, key);
      return describe(key, pathOf(key));
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      discard(draft);
    }
  }

  private void write(Path draft, ObjectKey key, ObjectBody body) throws IOException {
    MessageDigest digest = Sha256.digest();
    long written = 0;
    byte[] buffer = new byte[BUFFER];
    try (FileChannel file =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE)) {
      for (int n = read(body.stream(), buffer); n >= 0; n = read(body.stream(), buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        digest.update(buffer, 0, n);
        written += n;
      }
      BodyCheck.verify(key, body, written, Sha256.finish(digest));
      file.force(true);
    }
  }

  private static int read(InputStream stream, byte[] buffer) {
    try {
      return stream.read(buffer);
    } catch (IOException e) {
      // the source failed, not this store: the caller knows its own exception
      throw new UncheckedIOException(e);
    }
  }

  private void publish(Path draft, ObjectKey key) throws IOException {
    Path target = pathOf(key);
    Path folder = parentOf(target);
    try {
      linkInFolder(draft, target, folder);
    } catch (FileAlreadyExistsException e) {
      if (Files.mismatch(target, draft) >= 0) {
        throw new ObjectStoreProblem.Exists(key).raise(e);
      }
    }
    force(folder);
  }

  /** Someone who deletes the last other object may take the folder away meanwhile. */
  private void linkInFolder(Path draft, Path target, Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      makeDirectories(folder);
      try {
        link(draft, target);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A hard link never replaces a file; where there are none, the key's lock must do. */
  private synchronized void link(Path draft, Path target) throws IOException {
    try {
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public ObjectContent get(ObjectKey key) {
    FileChannel file = openForReading(key);
    try {
      long size = file.size();
      return new ObjectContent(Channels.newInputStream(file), size, size);
    } catch (IOException e) {
      throw closing(file, translate(e));
    }
  }

  @Override
  public ObjectContent get(ObjectKey key, ByteRange range) {
    FileChannel file = openForReading(key);
    try {
      long size = file.size();
      if (range.first() >= size) {
        throw closing(file, new ObjectStoreProblem.RangeOutside(key, size).raise());
      }
      file.position(range.first());
      long length = range.lengthWithin(size);
      return new ObjectContent(new StreamPart(Channels.newInputStream(file), length), length, size);
    } catch (IOException e) {
      throw closing(file, translate(e));
    }
  }

  private FileChannel openForReading(ObjectKey key) {
    try {
      return FileChannel.open(pathOf(key), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new ObjectStoreProblem.NotFound(key).raise(e);
    } catch (IOException e) {
      throw translate(e);
    }
  }

  private static ObjectStoreException closing(FileChannel file, ObjectStoreException failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    try {
      return Optional.of(describe(key, pathOf(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw translate(e);
    }
  }

  @Override
  public boolean delete(ObjectKey key) {
    Path file = pathOf(key);
    try {
      boolean deleted = Files.deleteIfExists(file);
      if (deleted) {
        force(parentOf(file));
        removeEmptyFolders(parentOf(file));
      }
      return deleted;
    } catch (IOException e) {
      throw translate(e);
    }
  }

  private void removeEmptyFolders(Path folder) {
    try {
      for (Path empty = folder; !empty.equals(objects); empty = parentOf(empty)) {
        Files.delete(empty);
      }
    } catch (IOException e) {
      // not empty, or gone already: both are fine
    }
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    List<StoredObject> found = new ArrayList<>();
    Path start = objects.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1)).normalize();
    if (!start.startsWith(objects) || !Files.isDirectory(start)) {
      return;
    }
    try {
      LiveTree.walk(
          start,
          (file, attributes) -> {
            String path = objects.relativize(file).toString();
            if (attributes.isRegularFile() && path.startsWith(prefix)) {
              found.add(describe(new ObjectKey(path), attributes));
            }
          });
    } catch (IOException e) {
      throw translate(e);
    }
    found.sort(Comparator.comparing(object -> object.key().path()));
    found.forEach(each);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("directory", true, true, Long.MAX_VALUE);
  }

  @Override
  public void check() {
    if (!Files.isDirectory(objects)) {
      throw new ObjectStoreProblem.Unavailable(root.toString(), "the folder is missing").raise();
    }
    Path draft = temporary.resolve(UUID.randomUUID() + ".part");
    try {
      Files.createFile(draft, OWNER_FILE);
      if (!Files.isWritable(objects)) {
        throw new AccessDeniedException(objects.toString());
      }
      if (Files.getFileStore(temporary).getUsableSpace() < NEARLY_NOTHING) {
        throw new ObjectStoreProblem.Full(root.toString()).raise();
      }
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      discard(draft);
    }
  }

  @Override
  public void close() {
    // nothing is held open between calls
  }

  private Path pathOf(ObjectKey key) {
    return objects.resolve(key.path());
  }

  private static Path parentOf(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalStateException("an object lies in a folder");
    }
    return parent;
  }

  private static StoredObject describe(ObjectKey key, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(file.toString());
    }
    return describe(key, attributes);
  }

  private static StoredObject describe(ObjectKey key, BasicFileAttributes attributes) {
    return new StoredObject(key, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  /** Makes missing folders and forces each new name to the disk. */
  private void makeDirectories(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = parentOf(folder);
    makeDirectories(parent);
    try {
      Files.createDirectory(folder, OWNER_DIRECTORY);
      force(parent);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private void removeStaleWrites() throws IOException {
    List<Path> drafts = new ArrayList<>();
    try (Stream<Path> files = Files.list(temporary)) {
      files.filter(DirectoryObjectStore::isStale).forEach(drafts::add);
    }
    drafts.forEach(DirectoryObjectStore::discard);
  }

  private static boolean isStale(Path draft) {
    try {
      // another process may be writing right now: an hour is longer than any write takes
      long age = System.currentTimeMillis() - Files.getLastModifiedTime(draft).toMillis();
      return age > 3_600_000;
    } catch (IOException e) {
      return false;
    }
  }

  private static void discard(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // what stays behind is removed when the store is opened again
    }
  }

  private ObjectStoreException unwritable(IOException e) {
    return isFull(e)
        ? new ObjectStoreProblem.Full(root.toString()).raise(e)
        : new ObjectStoreProblem.ReadOnly(root.toString(), e.toString()).raise(e);
  }

  private ObjectStoreException translate(IOException e) {
    if (e instanceof AccessDeniedException) {
      return new ObjectStoreProblem.Denied(root.toString(), "permission denied").raise(e);
    }
    if (isFull(e)) {
      return new ObjectStoreProblem.Full(root.toString()).raise(e);
    }
    return new ObjectStoreProblem.Unavailable(root.toString(), String.valueOf(e.getMessage()))
        .raise(e);
  }

  /** Java has no type for a full disk, and the message may be translated: so ask the disk too. */
  private boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(root).getUsableSpace() < NEARLY_NOTHING;
    } catch (IOException unknown) {
      return false;
    }
  }
}
