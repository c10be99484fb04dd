package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.server.media.store.ObjectBody;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.media.store.StoredObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings objects back into a store. They never change under their key, so that what is there
 * already stays, and what is added harms nobody: the server removes what nothing refers to.
 */
final class ObjectsReturn {
  private final ObjectStore store;
  private final Path work;

  /**
   * Into that store.
   *
   * @param work a folder for one object at a time
   */
  ObjectsReturn(ObjectStore store, Path work) {
    this.store = store;
    this.work = work;
  }

  /** Adds the objects of a snapshot that are missing; how many. */
  int add(Snapshot snapshot) throws IOException {
    int added = 0;
    for (SnapshotFile file : snapshot.manifest().files()) {
      if (file.part() == Part.OBJECTS && add(snapshot, file)) {
        added++;
      }
    }
    return added;
  }

  private boolean add(Snapshot snapshot, SnapshotFile file) throws IOException {
    var key = new ObjectKey(file.source().path());
    Optional<StoredObject> there = store.head(key);
    if (there.isPresent() && there.get().size() == file.source().size()) {
      return false;
    }
    Path draft = Files.createTempFile(work, "object-", ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
        snapshot.read(file, out::write);
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(draft))) {
        store.put(key, new ObjectBody(in, file.source().size(), new Sha256(file.sha256())));
      }
      return true;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Keeps a second name for every object in a folder, so that none is lost while it is needed. */
  static void keep(Path objects, Path kept) throws IOException {
    link(objects, kept);
  }

  /** Gives back what was kept and is gone by now. */
  static void giveBack(Path kept, Path objects) throws IOException {
    link(kept, objects);
  }

  private static void link(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (var all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path name = to.resolve(from.relativize(file).toString());
        if (!Files.exists(name)) {
          Files.createDirectories(name.getParent());
          Files.createLink(name, file);
        }
      }
    }
  }
}
