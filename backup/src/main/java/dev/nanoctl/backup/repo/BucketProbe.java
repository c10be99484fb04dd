package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.RepositoryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Tries on a bucket which features of S3 it has, one after another. What it writes it removes, as
 * far as the account may. {@link RepositoryProbe} asks whether backups can be kept at all.
 */
public final class BucketProbe implements AutoCloseable {
  /** Whether a feature is there. */
  public enum State {
    /** It works. */
    YES,
    /** The endpoint does not know it, or does it wrongly. */
    NO,
    /** It is not switched on for this bucket. */
    OFF,
    /** The account may not use it. */
    DENIED
  }

  /**
   * One feature.
   *
   * @param needed whether packages or backups cannot do without it
   * @param detail what follows where it is not there; empty where it is
   */
  public record Feature(String name, State state, boolean needed, String detail) {
    /** Whether it does not speak against the bucket. */
    public boolean fit() {
      return state == State.YES || !needed;
    }
  }

  /** Something that is tried: whether it turned out well. */
  @FunctionalInterface
  private interface Trial {
    boolean run() throws IOException;
  }

  private static final int SIZE = 100_000;
  private static final int PART_FROM = 1000;
  private static final int PART = 5000;
  private static final int OBJECTS = 5;

  private final S3Repository repository;
  private final List<Feature> features = new ArrayList<>();

  private BucketProbe(S3Repository repository) {
    this.repository = repository;
  }

  /**
   * A probe of that bucket.
   *
   * @throws RepositoryException when the endpoint does not answer, refuses the account, or has no
   *     such bucket
   */
  public static BucketProbe of(S3Target target) throws IOException {
    return new BucketProbe(S3Repository.open(target, Bandwidth.UNLIMITED));
  }

  /**
   * Tries every feature.
   *
   * @return in the order they should be told
   * @throws RepositoryException when the endpoint stops answering meanwhile
   */
  public List<Feature> run() throws IOException {
    features.clear();
    String folder = "probe/" + UUID.randomUUID() + "/";
    byte[] bytes = new byte[SIZE];
    new Random(folder.hashCode()).nextBytes(bytes);
    State kept = keeping(folder + 0, bytes);
    if (kept == State.YES) {
      reading(folder + 0, bytes);
      listing(folder, bytes);
      writing(folder + "checksum");
    }
    if (kept != State.DENIED) {
      deleting(folder);
    }
    switches();
    return List.copyOf(features);
  }

  private State keeping(String key, byte[] bytes) throws IOException {
    return add(
        "write and read",
        tried(() -> {
          repository.put(key, ByteBuffer.wrap(bytes));
          return Arrays.equals(repository.get(key, SIZE).orElse(new byte[0]), bytes);
        }),
        true,
        "no object can be kept");
  }

  private void reading(String key, byte[] bytes) throws IOException {
    byte[] part = Arrays.copyOfRange(bytes, PART_FROM, PART_FROM + PART);
    add(
        "ranged GET",
        tried(() -> Arrays.equals(repository.get(key, PART_FROM, PART), part)),
        true,
        "downloads cannot be continued, and backups not be restored");
  }

  private void listing(String folder, byte[] bytes) throws IOException {
    Set<String> written = new TreeSet<>(Set.of(folder + 0));
    for (int i = 1; i < OBJECTS; i++) {
      repository.put(folder + i, ByteBuffer.wrap(bytes));
      written.add(folder + i);
    }
    add(
        "listing at once",
        tried(() -> keys(folder).equals(written)),
        false,
        "what was just written may be missing in a listing; backups do not rely on it");
  }

  private void writing(String key) throws IOException {
    add(
        "checksums",
        tried(() -> repository.refusesDamage(key)),
        false,
        "damage on the way up is seen only when an object is read back");
    add(
        "conditional PUT",
        repository.capabilities().conditionalPut() ? State.YES : State.NO,
        false,
        "it cannot refuse to replace a key: only one nanoctl may write backups to it");
  }

  private void deleting(String folder) throws IOException {
    State deleted =
        tried(() -> {
          for (int i = 0; i < OBJECTS; i++) {
            repository.delete(folder + i);
          }
          repository.delete(folder + "checksum");
          return keys(folder).isEmpty();
        });
    add("delete", deleted, false, "what expires has to be removed with another account");
    boolean versions = repository.capabilities().versions();
    add(
        "delete of versions",
        versions && deleted == State.YES
            ? tried(() -> repository.versions(folder) == 0)
            : versions ? deleted : State.OFF,
        false,
        versions
            ? "versions pile up: give the bucket a rule that removes old ones"
            : "the bucket keeps no versions");
  }

  private void switches() {
    add(
        "versioning",
        repository.capabilities().versions() ? State.YES : State.OFF,
        false,
        "a deleted object is gone at once; nanoctl never replaces one");
    add(
        "object lock",
        repository.capabilities().objectLock() ? State.YES : State.OFF,
        false,
        "whoever has the keys can delete backups");
  }

  private Set<String> keys(String folder) throws IOException {
    var keys = new TreeSet<String>();
    repository.list(folder, item -> keys.add(item.key()));
    return keys;
  }

  private State add(String name, State state, boolean needed, String otherwise) {
    features.add(new Feature(name, state, needed, state == State.YES ? "" : otherwise));
    return state;
  }

  /** An endpoint that does not answer says nothing about a feature. */
  private static State tried(Trial trial) throws IOException {
    try {
      return trial.run() ? State.YES : State.NO;
    } catch (RepositoryException e) {
      return switch (e.kind()) {
        case DENIED -> State.DENIED;
        case TAKEN, MISSING, DAMAGED -> State.NO;
        case FULL, UNAVAILABLE -> throw e;
      };
    }
  }

  @Override
  public void close() throws IOException {
    repository.close();
  }
}
