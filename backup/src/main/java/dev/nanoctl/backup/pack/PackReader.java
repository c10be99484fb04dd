package dev.nanoctl.backup.pack;

import dev.nanoctl.backup.BlockSource.Receiver;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.BlockIds;
import dev.nanoctl.backup.crypto.FrameCipher;
import dev.nanoctl.backup.crypto.ObjectType;
import dev.nanoctl.backup.crypto.Sealer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** Reads blocks of one pack. Everything is authenticated before it is handed over. */
final class PackReader {
  private static final int MOST_INDEX = 16 * 1024 * 1024;
  private static final int MOST_AT_ONCE = 4 * 1024 * 1024;
  private static final int TRAILER = 4;

  private final Repository repository;
  private final Sealer sealer;
  private final PackRef pack;
  private final PackIndex index;

  private PackReader(Repository repository, Sealer sealer, PackRef pack) throws IOException {
    this.repository = repository;
    this.sealer = sealer;
    this.pack = pack;
    this.index = readIndex();
  }

  /** Reads the pack's index. */
  static PackReader open(Repository repository, Sealer sealer, PackRef pack) throws IOException {
    return new PackReader(repository, sealer, pack);
  }

  PackIndex index() {
    return index;
  }

  private PackIndex readIndex() throws IOException {
    long start = pack.size() - TRAILER - pack.indexSize();
    byte[] sealed = fetch(start, pack.indexSize());
    byte[] plain = openIndex(sealed);
    try {
      PackIndex found = PackIndex.decode(FrameCodec.decompress(plain, MOST_INDEX));
      if (found.blocks() != pack.blocks() || found.offset(found.frames()) != start) {
        throw damaged("has an index of another pack", null);
      }
      return found;
    } catch (IllegalArgumentException e) {
      throw damaged("has no readable index", e);
    }
  }

  private byte[] openIndex(byte[] sealed) {
    try {
      return cipher().open(FrameCipher.LAST, sealed, 0, sealed.length);
    } catch (AEADBadTagException e) {
      throw damaged("has an index that is not what was sealed", e);
    }
  }

  private FrameCipher cipher() {
    return sealer.frames(ObjectType.PACK, pack.key(), pack.salt());
  }

  /** Does something with a frame that was decoded. */
  @FunctionalInterface
  private interface Use {
    void frame(int frame) throws IOException;
  }

  /** Hands over blocks that follow each other, in order, those of a frame at once. */
  void read(int first, int count, Reading reading, Receiver receiver) throws IOException {
    decode(first, count, reading, frame -> hand(frame, first, first + count, reading, receiver));
  }

  private void decode(int first, int count, Reading reading, Use use) throws IOException {
    if (first + count > index.blocks()) {
      throw damaged("has no block " + (first + count - 1), null);
    }
    int frame = index.frameOf(first);
    int end = index.frameOf(first + count - 1);
    while (frame <= end) {
      if (reading.holds(pack, frame)) {
        use.frame(frame);
        frame++;
        continue;
      }
      int next = frame + 1;
      int size = index.size(frame);
      while (next <= end && size + index.size(next) <= MOST_AT_ONCE) {
        size += index.size(next++);
      }
      byte[] sealed = fetch(index.offset(frame), size);
      int at = 0;
      for (int n = frame; n < next; n++) {
        decode(n, sealed, at, reading);
        at += index.size(n);
        use.frame(n);
      }
      frame = next;
    }
  }

  private void decode(int frame, byte[] sealed, int at, Reading reading) {
    try {
      int length = reading.decode(pack, frame, sealed, at, index.size(frame));
      if (length != index.content(frame)) {
        throw damaged("has a frame " + frame + " of another length", null);
      }
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw damaged("has a frame " + frame + " that is not what was sealed", e);
    }
  }

  private void hand(int frame, int first, int end, Reading reading, Receiver receiver)
      throws IOException {
    int from = Math.max(first, index.firstBlock(frame));
    int to = Math.min(end, index.firstBlock(frame + 1));
    if (from < to) {
      int at = index.content(index.firstBlock(frame), from);
      receiver.accept(reading.content(pack), at, index.content(from, to));
    }
  }

  private void requireIds(int frame, Reading reading, BlockIds ids) {
    byte[] content = reading.content(pack);
    int at = 0;
    for (int block = index.firstBlock(frame); block < index.firstBlock(frame + 1); block++) {
      int length = index.length(block);
      if (!ids.of(content, at, length).equals(index.id(block))) {
        throw damaged("has a block " + block + " with another content than its id", null);
      }
      at += length;
    }
  }

  private byte[] fetch(long offset, int length) throws IOException {
    try {
      return repository.get(pack.key(), offset, length);
    } catch (RepositoryException e) {
      if (e.kind() == RepositoryException.Kind.MISSING) {
        throw damaged("is missing", e);
      }
      if (e.kind() == RepositoryException.Kind.DAMAGED) {
        throw damaged("is shorter than it was", e);
      }
      throw e;
    }
  }

  private RuntimeException damaged(String why, @Nullable Throwable cause) {
    return RepositoryProblem.damaged(pack.key(), why, cause);
  }

  /** Reads every block, compares it with its id, and the parts of the object no frame covers. */
  void verify() throws IOException {
    byte[] head = fetch(0, Sealer.HEADER);
    if (!Arrays.equals(head, sealer.header(ObjectType.PACK, pack.salt()))) {
      throw damaged("does not begin as a pack does", null);
    }
    byte[] trailer = fetch(pack.size() - TRAILER, TRAILER);
    if (ByteBuffer.wrap(trailer).getInt() != pack.indexSize()) {
      throw damaged("does not end as a pack does", null);
    }
    var reading = new Reading(sealer);
    BlockIds ids = sealer.blockIds();
    decode(0, index.blocks(), reading, frame -> requireIds(frame, reading, ids));
  }
}
