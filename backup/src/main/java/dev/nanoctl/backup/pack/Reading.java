package dev.nanoctl.backup.pack;

import dev.nanoctl.backup.crypto.FrameCipher;
import dev.nanoctl.backup.crypto.ObjectType;
import dev.nanoctl.backup.crypto.Sealer;
import java.util.LinkedHashMap;
import javax.crypto.AEADBadTagException;

/**
 * What reading blocks needs of memory, made once, and of each of the packs used last the frame that
 * was decoded last: small files lie in one frame, and a file that changed here and there goes back
 * and forth between packs. Not for several threads at once.
 */
final class Reading {
  private static final int PACKS = 8;

  private final Sealer sealer;
  private final byte[] opened = new byte[FrameCodec.bound(FrameCodec.LARGEST)];
  private final LinkedHashMap<PackRef, Held> packs = new LinkedHashMap<>(PACKS, 0.75f, true);

  /** The frame of a pack that was decoded last. */
  private static final class Held {
    private final FrameCipher cipher;
    private final byte[] content;
    private int frame = -1;

    Held(FrameCipher cipher, byte[] content) {
      this.cipher = cipher;
      this.content = content;
    }
  }

  Reading(Sealer sealer) {
    this.sealer = sealer;
  }

  /** Whether that frame was the last one of its pack. */
  boolean holds(PackRef pack, int frame) {
    Held held = packs.get(pack);
    return held != null && held.frame == frame;
  }

  /** The content of the frame of that pack that was decoded last, and bytes without a meaning. */
  byte[] content(PackRef pack) {
    return held(pack).content;
  }

  /**
   * Decodes a frame.
   *
   * @return how many bytes its content has
   * @throws AEADBadTagException if these are not the bytes that were sealed
   * @throws IllegalArgumentException if it does not decompress
   */
  int decode(PackRef pack, int frame, byte[] sealed, int at, int size) throws AEADBadTagException {
    Held held = held(pack);
    held.frame = -1;
    int plain = held.cipher.open(frame, sealed, at, size, opened);
    int length = FrameCodec.decompress(opened, plain, held.content);
    held.frame = frame;
    return length;
  }

  private Held held(PackRef pack) {
    Held known = packs.get(pack);
    if (known != null) {
      return known;
    }
    byte[] content =
        packs.size() < PACKS
            ? new byte[FrameCodec.LARGEST]
            : packs.pollFirstEntry().getValue().content;
    var held = new Held(sealer.frames(ObjectType.PACK, pack.key(), pack.salt()), content);
    packs.put(pack, held);
    return held;
  }
}
