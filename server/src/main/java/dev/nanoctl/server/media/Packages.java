package dev.nanoctl.server.media;

import dev.nanoctl.server.media.pack.FileSource;
import dev.nanoctl.server.media.pack.PackageKind;
import dev.nanoctl.server.media.pack.PackageValidator;
import dev.nanoctl.server.media.pack.Validation;
import dev.nanoctl.server.media.pack.ValidationReport;
import dev.nanoctl.server.media.scan.MalwareScan;
import dev.nanoctl.server.media.store.ObjectBody;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.media.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Valid packages: each is stored once, however often it comes. */
public final class Packages {
  private static final Duration ORPHAN_AGE = Duration.ofHours(24);

  private final ObjectStore objects;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final PackageStore store = new PackageStore();
  private final PackageValidator validator;

  /** Packages whose bytes are in this object store, and which this scanner has seen. */
  public Packages(ObjectStore objects, MalwareScan scan, InstantSource clock, Supplier<UUID> ids) {
    this.validator = new PackageValidator(scan);
    this.objects = objects;
    this.clock = clock;
    this.ids = ids;
  }

  /** Validates the archive in a file. */
  public Validation validate(Path file) throws IOException {
    try (FileSource source = FileSource.open(file)) {
      return validator.validate(source);
    }
  }

  /**
   * Stores an archive that was found valid: the object first, then the row, so that a row never
   * lacks its object. A package that is there already is answered as it is.
   */
  public PackageRef add(Handle tx, Validation validation, Path file) throws IOException {
    ValidationReport report = validation.report();
    PackageKind kind = report.facts().kind();
    if (!report.ok() || kind == null) {
      throw new IllegalArgumentException("only a valid package is stored");
    }
    Sha256 sha256 = report.facts().sha256();
    store.lock(tx, sha256);
    putOnce(sha256, report.facts().size(), file);
    Optional<PackageRef> known = store.find(tx, sha256);
    if (known.isPresent()) {
      return known.get();
    }
    UUID id = ids.get();
    store.insert(tx, id, kind, validation, clock.instant());
    ValidationReport.Facts facts = report.facts();
    return new PackageRef(id, sha256, facts.size(), kind, facts.entries(), facts.launchFile());
  }

  private void putOnce(Sha256 sha256, long size, Path file) throws IOException {
    ObjectKey key = ObjectKey.ofPackage(sha256);
    if (objects.head(key).map(StoredObject::size).equals(Optional.of(size))) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      objects.put(key, new ObjectBody(in, size, sha256));
    }
  }

  /** A package by its id. */
  public Optional<PackageRef> find(Handle tx, UUID id) {
    return store.find(tx, id);
  }

  /** The validation report of a package as JSON text. */
  public Optional<String> report(Handle tx, UUID id) {
    return store.report(tx, id);
  }

  /** The bytes of a package for reading entries. */
  public ObjectSource open(PackageRef ref) {
    return new ObjectSource(objects, ObjectKey.ofPackage(ref.sha256()), ref.size());
  }

  /** Forgets packages that no version refers to any more; answers how many. */
  int removeUnused(Jdbi jdbi) {
    Instant before = clock.instant().minus(ORPHAN_AGE);
    return jdbi.inTransaction(tx -> store.deleteUnused(tx, before));
  }

  /**
   * Removes objects that no row names, left by a crash between the object and its row; answers how
   * many.
   */
  int removeOrphans(Jdbi jdbi) {
    Instant before = clock.instant().minus(ORPHAN_AGE);
    List<ObjectKey> old = new ArrayList<>();
    objects.list(
        "packages/",
        object -> {
          if (object.modified().isBefore(before)) {
            old.add(object.key());
          }
        });
    Set<String> known = jdbi.withHandle(store::digests);
    int removed = 0;
    for (ObjectKey key : old) {
      String digest = key.path().substring(key.path().lastIndexOf('/') + 1);
      if (!known.contains(digest)) {
        removed += jdbi.inTransaction(tx -> removeOrphan(tx, key, new Sha256(digest))) ? 1 : 0;
      }
    }
    return removed;
  }

  private boolean removeOrphan(Handle tx, ObjectKey key, Sha256 sha256) {
    store.lock(tx, sha256);
    return store.find(tx, sha256).isEmpty() && objects.delete(key);
  }
}
