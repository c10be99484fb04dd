package dev.nanoctl.server.media.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compares an entry's local header with what the directory says of it. */
final class LocalHeader {
  private static final int SIZE = 30;
  private static final long SIGNATURE = 0x04034b50L;
  private static final int ENCRYPTION = 0x41;

  private LocalHeader() {}

  static void check(ByteSource source, PackedEntry entry) throws IOException, PackageFlaw {
    byte[] header = source.read(entry.place().header(), SIZE);
    if (header.length < SIZE || !Bytes.has(header, 0, SIGNATURE)) {
      throw differs(entry, "its local header is missing");
    }
    int flags = Bytes.u16(header, 6);
    if ((flags & ENCRYPTION) != 0 && !entry.isEncrypted()) {
      throw new PackageFlaw(Rule.ENCRYPTED, entry.name(), "");
    }
    if (Bytes.u16(header, 8) != entry.traits().method()) {
      throw differs(entry, "packing method");
    }
    byte[] rest =
        source.read(entry.place().header() + SIZE, Bytes.u16(header, 26) + Bytes.u16(header, 28));
    int nameLength = Bytes.u16(header, 26);
    if (rest.length < nameLength + Bytes.u16(header, 28)
        || !new String(rest, 0, nameLength, StandardCharsets.ISO_8859_1)
            .equals(entry.traits().rawName())) {
      throw differs(entry, "name");
    }
    boolean later = (flags & 0x8) != 0;
    if (later != entry.hasDescriptor()) {
      throw differs(entry, "flags");
    }
    byte[] extra = Arrays.copyOfRange(rest, nameLength, rest.length);
    Zip64 sizes =
        Zip64.resolve(entry.name(), extra, Bytes.u32(header, 22), Bytes.u32(header, 18), 0);
    boolean unsaid = later && sizes.size() == 0 && sizes.packed() == 0;
    if (!unsaid && (sizes.size() != entry.size() || sizes.packed() != entry.place().packed())) {
      throw differs(entry, "size");
    }
    long crc = Bytes.u32(header, 14);
    if (crc != entry.crc() && !(later && crc == 0)) {
      throw differs(entry, "checksum");
    }
  }

  private static PackageFlaw differs(PackedEntry entry, String what) {
    return new PackageFlaw(Rule.CONTRADICTORY, entry.name(), what);
  }
}
