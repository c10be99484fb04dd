package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A store that does what real ones did, by a seed: it answers 503, loses the answer to a write it
 * made, loses a write it confirmed, cuts what is read, shows a part of a listing, denies. At a
 * chosen call the process that uses it ends.
 */
public final class FaultyRepository extends ForwardingRepository {
  /** The process ended; no test catches it but the one that simulates. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Random random;
  private final double rate;
  private int untilFault;
  private int untilCrash;

  /**
   * Faults before a store.
   *
   * @param rate how often a call goes wrong, 0 to 1
   * @param untilFault the number of the call, from 1, that goes wrong whatever the rate; 0 for none
   * @param untilCrash the number of the call, from 1, that is the last; 0 for none
   */
  public FaultyRepository(
      Repository store, Random random, double rate, int untilFault, int untilCrash) {
    super(store);
    this.random = random;
    this.rate = rate;
    this.untilFault = untilFault;
    this.untilCrash = untilCrash;
  }

  private boolean wrong() {
    boolean chosen = untilFault > 0 && --untilFault == 0;
    return random.nextDouble() < rate || chosen;
  }

  private boolean lastCall() {
    return untilCrash > 0 && --untilCrash == 0;
  }

  private static RepositoryException unavailable(String key) {
    return new RepositoryException(Kind.UNAVAILABLE, key, "the endpoint answered 503");
  }

  @Override
  public Stored put(String key, ByteBuffer content) throws IOException {
    if (lastCall()) {
      if (random.nextBoolean()) {
        super.put(key, content);
      }
      throw new Crash();
    }
    if (wrong()) {
      return faulty(key, content);
    }
    return super.put(key, content);
  }

  private Stored faulty(String key, ByteBuffer content) throws IOException {
    return switch (random.nextInt(4)) {
      case 0 -> throw unavailable(key);
      case 1 -> {
        super.put(key, content);
        throw new RepositoryException(Kind.UNAVAILABLE, key, "timed out after it was stored");
      }
      case 2 -> Stored.NEW;
      default -> throw new RepositoryException(Kind.DENIED, key, "AccessDenied");
    };
  }

  @Override
  public Optional<byte[]> get(String key, int limit) throws IOException {
    crashOrFail(key);
    Optional<byte[]> bytes = super.get(key, limit);
    if (bytes.isPresent() && wrong()) {
      int length = bytes.get().length;
      return Optional.of(Arrays.copyOf(bytes.get(), length == 0 ? 0 : random.nextInt(length)));
    }
    return bytes;
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    crashOrFail(key);
    byte[] bytes = super.get(key, offset, length);
    if (wrong()) {
      bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  @Override
  public void list(String prefix, Consumer<Listed> each) throws IOException {
    crashOrFail(prefix);
    List<Listed> all = new ArrayList<>();
    super.list(prefix, all::add);
    boolean cut = wrong();
    for (Listed item : all) {
      if (!cut || random.nextBoolean()) {
        each.accept(item);
      }
    }
  }

  @Override
  public void delete(String key) throws IOException {
    if (lastCall()) {
      if (random.nextBoolean()) {
        super.delete(key);
      }
      throw new Crash();
    }
    if (wrong()) {
      throw random.nextBoolean()
          ? unavailable(key)
          : new RepositoryException(Kind.DENIED, key, "AccessDenied");
    }
    super.delete(key);
  }

  private void crashOrFail(String key) throws RepositoryException {
    if (lastCall()) {
      throw new Crash();
    }
    if (wrong()) {
      throw random.nextBoolean()
          ? unavailable(key)
          : new RepositoryException(Kind.DENIED, key, "AccessDenied");
    }
  }
}
