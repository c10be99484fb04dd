package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.ObjectType;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.pack.FrameCodec;
import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Log in a repository, compressed and sealed. */
public final class SealedLog implements LogStore {
  private static final int LEVEL = 3;
  private static final int LARGEST_HISTORY = 1 << 20;
  private static final int ROOM = 1024;

  private final Repository repository;
  private final Sealer sealer;

  /** Keeps log in that repository. */
  public SealedLog(Repository repository, Sealer sealer) {
    this.repository = repository;
    this.sealer = sealer;
  }

  @Override
  public void put(LogRange range, ByteBuffer bytes) throws IOException {
    byte[] plain = new byte[bytes.remaining()];
    bytes.duplicate().get(plain);
    if (plain.length != range.length()) {
      throw new IllegalArgumentException("%d bytes for %s".formatted(plain.length, range));
    }
    try (var codec = new FrameCodec(LEVEL)) {
      put(range, sealed(range, plain, codec), plain);
    }
  }

  /**
   * Keeps in one object what is there in several already, compressed harder than what people wait
   * for. It is opened again before it is stored.
   *
   * @param plain exactly as many bytes as the range is long
   */
  void putMerged(LogRange range, byte[] plain) throws IOException {
    byte[] sealed;
    try (var codec = FrameCodec.thorough()) {
      sealed = sealed(range, plain, codec);
    }
    if (!Arrays.equals(opened(range, sealed), plain)) {
      throw RepositoryProblem.damaged(range.key(), "does not hold what it was made of");
    }
    put(range, sealed, plain);
  }

  private void put(LogRange range, byte[] sealed, byte[] plain) throws IOException {
    try {
      repository.put(range.key(), ByteBuffer.wrap(sealed));
    } catch (RepositoryException e) {
      // what is sealed again is never the same; what was sealed may be
      if (e.kind() != Kind.TAKEN) {
        throw e;
      }
      if (!Arrays.equals(get(range), plain)) {
        throw RepositoryProblem.damaged(range.key(), "holds other log than the server has", e);
      }
    }
  }

  @Override
  public byte[] get(LogRange range) throws IOException {
    String key = range.key();
    return opened(
        range,
        repository
            .get(key, range.length() + ROOM)
            .orElseThrow(() -> RepositoryProblem.damaged(key, "is missing")));
  }

  private byte[] opened(LogRange range, byte[] sealed) {
    byte[] plain;
    try {
      plain =
          FrameCodec.decompress(sealer.open(ObjectType.WAL, range.key(), sealed), range.length());
    } catch (IllegalArgumentException e) {
      throw RepositoryProblem.damaged(range.key(), "holds no log", e);
    }
    if (plain.length != range.length()) {
      throw RepositoryProblem.damaged(range.key(), "is shorter than its name says");
    }
    return plain;
  }

  private byte[] sealed(LogRange range, byte[] plain, FrameCodec codec) {
    byte[] frame = new byte[FrameCodec.bound(plain.length)];
    int length = codec.compress(plain, plain.length, frame);
    return sealer.seal(ObjectType.WAL, range.key(), frame, length);
  }

  /** The pieces of all lineages as far as the store tells, and when it took them. */
  Map<LogRange, Instant> pieces() throws IOException {
    Map<LogRange, Instant> pieces = new HashMap<>();
    repository.list(
        "wal/",
        item -> LogRange.parse(item.key()).ifPresent(range -> pieces.put(range, item.stored())));
    return pieces;
  }

  @Override
  public List<LogRange> list(UUID lineage) throws IOException {
    List<LogRange> ranges = new ArrayList<>();
    repository.list(
        LogRange.prefix(lineage), item -> LogRange.parse(item.key()).ifPresent(ranges::add));
    return ranges;
  }

  @Override
  public void putHistory(UUID lineage, TimelineHistory history) throws IOException {
    if (history(lineage, history.timeline()).isPresent()) {
      return;
    }
    var text = new StringBuilder();
    history
        .forks()
        .forEach(fork -> text.append(fork.timeline()).append('\t').append(fork.end()).append('\n'));
    String key = historyKey(lineage, history.timeline());
    byte[] plain = text.toString().getBytes(StandardCharsets.US_ASCII);
    repository.put(key, ByteBuffer.wrap(sealer.seal(ObjectType.NOTE, key, plain)));
  }

  @Override
  public Optional<TimelineHistory> history(UUID lineage, int timeline) throws IOException {
    String key = historyKey(lineage, timeline);
    Optional<byte[]> sealed = repository.get(key, LARGEST_HISTORY);
    if (sealed.isEmpty()) {
      return Optional.empty();
    }
    byte[] plain = sealer.open(ObjectType.NOTE, key, sealed.get());
    return Optional.of(
        TimelineHistory.parse(timeline, new String(plain, StandardCharsets.US_ASCII)));
  }

  private static String historyKey(UUID lineage, int timeline) {
    return "%s%08x/history".formatted(LogRange.prefix(lineage), timeline);
  }

  /** Up to where the log of a lineage's timeline is there without a hole, from a position on. */
  public LogPosition covered(UUID lineage, int timeline, LogPosition from) throws IOException {
    return LogChain.from(from, timeline, list(lineage)).end();
  }
}
