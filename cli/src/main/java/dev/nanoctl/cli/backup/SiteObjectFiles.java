package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.server.media.store.ObjectContent;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.media.store.ObjectStoreProblem;
import dev.nanoctl.server.media.store.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The objects of an instance in one snapshot. An object never changes, so one that the snapshot
 * before has is not read again. One that was deleted since stays, without any permission and with
 * the time its absence was noticed, so that earlier moments can be restored.
 */
final class SiteObjectFiles {
  private static final int PRIVATE = 0600;
  private static final int GONE = 0;
  private static final int CHUNK = 1 << 16;

  private final ObjectStore store;
  private final SnapshotWriter writer;
  private final LongConsumer progress;
  private final Map<String, SnapshotFile> before = new HashMap<>();
  private final Map<String, Long> written = new HashMap<>();

  /**
   * Writes what that store has.
   *
   * @param parent the snapshot before
   * @param progress is told how many bytes were read
   */
  SiteObjectFiles(
      ObjectStore store,
      SnapshotWriter writer,
      Optional<SnapshotManifest> parent,
      LongConsumer progress) {
    this.store = store;
    this.writer = writer;
    this.progress = progress;
    parent.ifPresent(manifest ->
        manifest.files().stream()
            .filter(file -> file.part() == Part.OBJECTS)
            .forEach(file -> before.put(file.source().path(), file)));
  }

  /** Writes what is there and was not written yet. */
  void write() throws IOException {
    List<StoredObject> there = new ArrayList<>();
    store.list(
        "",
        object -> {
          if (!written.containsKey(object.key().path())) {
            there.add(object);
          }
        });
    BlockSink sink = writer.sink(Part.OBJECTS);
    for (StoredObject object : there) {
      if (reused(object) || copied(sink, object)) {
        written.put(object.key().path(), object.size());
      }
    }
  }

  /** Keeps what was deleted less than so long ago. */
  void keepDeleted(Instant now, Duration window) throws IOException {
    for (SnapshotFile file : before.values()) {
      SourceFile source = file.source();
      Instant since = source.mode() == GONE ? source.modified() : now;
      if (!written.containsKey(source.path())
          && Duration.between(since, now).compareTo(window) < 0) {
        writer.reuse(
            Part.OBJECTS,
            SourceFile.file(source.path(), source.size(), since, GONE),
            file.sha256());
      }
    }
  }

  int count() {
    return written.size();
  }

  long bytes() {
    return written.values().stream().mapToLong(size -> size).sum();
  }

  private static SourceFile source(StoredObject object, long size) {
    return SourceFile.file(object.key().path(), size, object.modified(), PRIVATE);
  }

  private boolean reused(StoredObject object) throws IOException {
    SnapshotFile known = before.get(object.key().path());
    return known != null
        && known.source().size() == object.size()
        && writer.reuse(Part.OBJECTS, source(object, object.size()), known.sha256());
  }

  private boolean copied(BlockSink sink, StoredObject object) throws IOException {
    try (ObjectContent content = store.get(object.key())) {
      sink.begin(source(object, content.size()));
      byte[] buffer = new byte[CHUNK];
      for (int read = content.stream().read(buffer);
          read >= 0;
          read = content.stream().read(buffer)) {
        sink.write(buffer, 0, read);
        progress.accept(read);
      }
      sink.end();
      return true;
    } catch (ObjectStoreException e) {
      if (e.problem() instanceof ObjectStoreProblem.NotFound) {
        return false; // deleted since it was listed
      }
      throw new IOException(e.problem().message(), e);
    }
  }
}
