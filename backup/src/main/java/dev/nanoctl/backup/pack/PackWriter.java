package dev.nanoctl.backup.pack;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.BlockId;
import dev.nanoctl.backup.crypto.FrameCipher;
import dev.nanoctl.backup.crypto.ObjectType;
import dev.nanoctl.backup.crypto.Sealer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks into packs. Every frame is decrypted, decompressed and compared with what came in
 * before it is sent; while one pack is sent, the next is filled. Not for several threads at once.
 */
public final class PackWriter implements AutoCloseable {
  /** The largest pack, in bytes. */
  public static final int LARGEST = 32 * 1024 * 1024;

  private static final int LEVEL = 1;

  private static final int TRAILER = 4;
  private static final int FIRST = 64 * 1024;
  private static final int MOST_BLOCKS = FrameCodec.LARGEST / 64;

  private final Repository repository;
  private final Sealer sealer;
  private final Executor uploads;
  private final Consumer<PackRef> written;
  private final FrameCodec codec;
  private final byte[] content = new byte[FrameCodec.LARGEST];
  private final byte[] packed = new byte[FrameCodec.bound(FrameCodec.LARGEST)];
  private final byte[] opened = new byte[packed.length];
  private final byte[] again = new byte[FrameCodec.LARGEST];
  private long thorough;
  private int filled;
  private int inFrame;
  private @Nullable Open open;
  private @Nullable FutureTask<PackRef> pending;

  /** A pack being filled. */
  private static final class Open {
    private final String id;
    private byte[] bytes = new byte[FIRST];
    private final FrameCipher sealing;
    private final FrameCipher checking;
    private final PackIndex.Builder index = new PackIndex.Builder();
    private int size = Sealer.HEADER;

    Open(Sealer sealer) {
      byte[] salt = sealer.salt();
      this.id = HexFormat.of().formatHex(salt);
      System.arraycopy(sealer.header(ObjectType.PACK, salt), 0, bytes, 0, Sealer.HEADER);
      this.sealing = sealer.frames(ObjectType.PACK, PackRef.key(id), salt);
      this.checking = sealer.frames(ObjectType.PACK, PackRef.key(id), salt);
    }

    /** Makes room; a small snapshot needs no buffer of a whole pack. */
    void room(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
      }
    }
  }

  /**
   * Writes to that repository.
   *
   * @param uploads sends packs, one at a time
   * @param written hears of every pack that is durable, in order, on the thread of the caller
   * @param thorough how many bytes, from the first on, are worth more time to become smaller
   */
  public PackWriter(
      Repository repository,
      Sealer sealer,
      Executor uploads,
      Consumer<PackRef> written,
      long thorough) {
    this.repository = repository;
    this.sealer = sealer;
    this.uploads = uploads;
    this.written = written;
    this.thorough = thorough;
    this.codec = thorough > 0 ? FrameCodec.thorough() : new FrameCodec(LEVEL);
  }

  /**
   * Adds a block to the pack that {@link #pack} names afterwards.
   *
   * @return its number in that pack
   */
  public int add(byte[] bytes, int offset, int length, BlockId id) throws IOException {
    if (filled + length > FrameCodec.LARGEST || inFrame == MOST_BLOCKS) {
      endFrame();
    }
    Open pack = open;
    if (pack == null) {
      pack = new Open(sealer);
      open = pack;
    }
    System.arraycopy(bytes, offset, content, filled, length);
    inFrame++;
    filled += length;
    return pack.index.block(id, length);
  }

  /** The id of the pack that the last block went to. */
  public String pack() {
    if (open == null) {
      throw new IllegalStateException("no block was added");
    }
    return open.id;
  }

  /** Ends the last pack and returns when all are durable. */
  public void finish() throws IOException {
    endFrame();
    endPack();
    await();
  }

  private void endFrame() throws IOException {
    Open pack = open;
    if (inFrame == 0 || pack == null) {
      return;
    }
    int size = codec.compress(content, filled, packed);
    hurry(filled);
    pack.room(size + FrameCipher.OVERHEAD);
    int sealed = pack.sealing.seal(packed, 0, size, pack.bytes, pack.size);
    check(pack, sealed);
    pack.index.frame(sealed);
    pack.size += sealed;
    filled = 0;
    inFrame = 0;
    int next = FrameCodec.LARGEST + FrameCodec.PREFIX + FrameCipher.OVERHEAD;
    // the next frame adds at most so many entries to the index
    int growth = MOST_BLOCKS * 20;
    if (pack.size + next + pack.index.bound() + growth + TRAILER > LARGEST) {
      endPack();
    }
  }

  private void hurry(int bytes) {
    if (thorough > 0) {
      thorough -= bytes;
      if (thorough <= 0) {
        codec.level(LEVEL);
      }
    }
  }

  private void check(Open pack, int sealed) {
    String key = PackRef.key(pack.id);
    try {
      long frame = pack.sealing.next() - 1;
      int size = pack.checking.open(frame, pack.bytes, pack.size, sealed, opened);
      int length = codec.open(opened, size, again);
      if (!Arrays.equals(again, 0, length, content, 0, filled)) {
        throw RepositoryProblem.notPublished(key + " does not hold what came in");
      }
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw RepositoryProblem.notPublished(key + " cannot be read again: " + e.getMessage());
    }
  }

  private void endPack() throws IOException {
    Open pack = open;
    if (pack == null) {
      return;
    }
    open = null;
    byte[] index = pack.index.encode();
    byte[] frame = new byte[FrameCodec.bound(index.length)];
    int size = codec.compress(index, index.length, frame);
    pack.room(size + FrameCipher.OVERHEAD + TRAILER);
    int sealed = pack.sealing.sealLast(frame, size, pack.bytes, pack.size);
    ByteBuffer.wrap(pack.bytes).putInt(pack.size + sealed, sealed);
    int total = pack.size + sealed + TRAILER;
    var ref = new PackRef(pack.id, total, sealed, pack.index.blockCount());
    byte[] bytes = pack.bytes;
    await();
    var task = new FutureTask<>(() -> send(ref, bytes));
    pending = task;
    uploads.execute(task);
  }

  /** Sends the pack and reads its index back, so that a write that was lost is noticed. */
  private PackRef send(PackRef ref, byte[] bytes) throws IOException {
    int size = (int) ref.size();
    repository.put(ref.key(), ByteBuffer.wrap(bytes, 0, size));
    int tail = ref.indexSize() + TRAILER;
    byte[] back = repository.get(ref.key(), ref.size() - tail, tail);
    if (!Arrays.equals(back, 0, tail, bytes, size - tail, size)) {
      throw RepositoryProblem.notPublished(ref.key() + " is not what was sent");
    }
    return ref;
  }

  private void await() throws IOException {
    FutureTask<PackRef> task = pending;
    if (task == null) {
      return;
    }
    pending = null;
    try {
      written.accept(task.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a pack was sent");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    codec.close();
  }
}
