package dev.nanoctl.backup.pack;

import dev.nanoctl.backup.BlockSource.Receiver;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.BlockId;
import dev.nanoctl.backup.crypto.Sealer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The packs of one manifest, read by their numbers. The indexes of the packs that were used last
 * are kept. Safe for several threads at once.
 */
public final class BlockStore {
  private static final int KEPT = 64;

  private final Repository repository;
  private final Sealer sealer;
  private final List<PackRef> packs;
  private final ConcurrentLinkedDeque<Reading> readings = new ConcurrentLinkedDeque<>();
  private final Map<Integer, PackReader> readers =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, PackReader> eldest) {
          return size() > KEPT;
        }
      };

  /** Packs as a manifest numbers them, the first being 1. */
  public BlockStore(Repository repository, Sealer sealer, List<PackRef> packs) {
    this.repository = repository;
    this.sealer = sealer;
    this.packs = List.copyOf(packs);
  }

  /** The id of a block that is stored. */
  public BlockId id(int pack, int block) throws IOException {
    return reader(pack).index().id(block);
  }

  /** How long a block that is stored is, in bytes. */
  public int length(int pack, int block) throws IOException {
    return reader(pack).index().length(block);
  }

  /** Hands over the blocks of a file of that size, in order, zeros included. */
  public void read(BlockMap map, long size, Receiver receiver) throws IOException {
    long left = size;
    byte[] zeros = new byte[map.blockSize()];
    Reading idle = readings.pollFirst();
    Reading reading = idle == null ? new Reading(sealer) : idle;
    try {
      for (BlockMap.Run run : map.runs()) {
        if (run.pack() == BlockMap.ZEROS) {
          for (int i = 0; i < run.count(); i++) {
            int length = (int) Math.min(zeros.length, left);
            receiver.accept(zeros, 0, length);
            left -= length;
          }
        } else {
          var handed = new long[1];
          reader(run.pack())
              .read(
                  run.first(),
                  run.count(),
                  reading,
                  (bytes, offset, length) -> {
                    handed[0] += length;
                    receiver.accept(bytes, offset, length);
                  });
          left -= handed[0];
        }
      }
    } finally {
      readings.addFirst(reading);
    }
    if (left != 0) {
      throw RepositoryProblem.damaged(
          "a file", "is " + left + " bytes shorter than its manifest says");
    }
  }

  /** Reads every block of a pack, and all else that is in it. */
  public void verify(int pack) throws IOException {
    reader(pack).verify();
  }

  private PackReader reader(int pack) throws IOException {
    synchronized (readers) {
      PackReader known = readers.get(pack);
      if (known != null) {
        return known;
      }
    }
    PackReader opened = PackReader.open(repository, sealer, packs.get(pack - 1));
    synchronized (readers) {
      readers.put(pack, opened);
    }
    return opened;
  }
}
