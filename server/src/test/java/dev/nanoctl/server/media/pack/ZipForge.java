package dev.nanoctl.server.media.pack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP archives byte by byte, so that tests can lie in every field. */
final class ZipForge {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Entry> entries = new ArrayList<>();
  private int extraEntriesClaimed;
  private byte[] comment = new byte[0];

  /** An entry whose every field may be changed before it is written. */
  static final class Entry {
    byte[] name;
    byte[] localName;
    byte[] packed;
    byte[] extra = new byte[0];
    int method = 8;
    int flags = 0x800;
    int localFlags = -1;
    int mode;
    long crc;
    long localCrc = -1;
    long size;
    long localSize = -1;
    long packedSize;
    boolean zip64;
    long offset = -1;

    private Entry(String name, byte[] content) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.localName = this.name;
      CRC32 sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
      this.size = content.length;
      this.packed = deflate(content);
      this.packedSize = packed.length;
    }
  }

  /** A change to an entry. */
  interface Lie {
    void tell(Entry entry);
  }

  static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /** An honest entry. */
  ZipForge add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8), entry -> {});
  }

  /** An honest entry. */
  ZipForge add(String name, byte[] content) {
    return add(name, content, entry -> {});
  }

  /** An entry with a lie. */
  ZipForge add(String name, byte[] content, Lie lie) {
    Entry entry = new Entry(name, content);
    lie.tell(entry);
    entries.add(entry);
    if (entry.offset < 0) {
      entry.offset = out.size();
      out.writeBytes(local(entry));
      out.writeBytes(entry.packed);
    }
    return this;
  }

  /** An entry stored without compression. */
  ZipForge store(String name, byte[] content) {
    return add(
        name,
        content,
        entry -> {
          entry.method = 0;
          entry.packed = content;
          entry.packedSize = content.length;
        });
  }

  /** Bytes that belong to no entry. */
  ZipForge raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  ZipForge claimMoreEntries(int more) {
    extraEntriesClaimed = more;
    return this;
  }

  ZipForge comment(byte[] bytes) {
    comment = bytes;
    return this;
  }

  private static byte[] local(Entry e) {
    byte[] extra = e.zip64 ? zip64Extra(e.size, e.packedSize) : e.extra;
    ByteBuffer b = buffer(30 + e.localName.length + extra.length);
    b.putInt(0x04034b50).putShort((short) 20);
    b.putShort((short) (e.localFlags >= 0 ? e.localFlags : e.flags)).putShort((short) e.method);
    b.putInt(0);
    boolean later = (e.flags & 8) != 0;
    b.putInt(later ? 0 : (int) (e.localCrc >= 0 ? e.localCrc : e.crc));
    b.putInt(later ? 0 : e.zip64 ? -1 : (int) e.packedSize);
    b.putInt(later ? 0 : e.zip64 ? -1 : (int) (e.localSize >= 0 ? e.localSize : e.size));
    b.putShort((short) e.localName.length).putShort((short) extra.length);
    return bytesOf(b.put(e.localName).put(extra));
  }

  private static byte[] zip64Extra(long size, long packed) {
    return bytesOf(
        buffer(20).putShort((short) 1).putShort((short) 16).putLong(size).putLong(packed));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytesOf(ByteBuffer full) {
    byte[] bytes = new byte[full.flip().remaining()];
    full.get(bytes);
    return bytes;
  }

  private static byte[] central(Entry e) {
    byte[] extra = e.zip64 ? zip64Extra(e.size, e.packedSize) : e.extra;
    ByteBuffer b = buffer(46 + e.name.length + extra.length);
    b.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
    b.putShort((short) e.flags).putShort((short) e.method).putInt(0);
    b.putInt((int) e.crc).putInt(e.zip64 ? -1 : (int) e.packedSize);
    b.putInt(e.zip64 ? -1 : (int) e.size);
    b.putShort((short) e.name.length).putShort((short) extra.length).putShort((short) 0);
    b.putShort((short) 0).putShort((short) 0).putInt(e.mode << 16).putInt((int) e.offset);
    return bytesOf(b.put(e.name).put(extra));
  }

  /** The finished archive. */
  byte[] bytes() {
    return bytes(false);
  }

  /** The finished archive, with a zip64 end if wanted. */
  byte[] bytes(boolean zip64) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    archive.writeBytes(out.toByteArray());
    int start = archive.size();
    entries.forEach(entry -> archive.writeBytes(central(entry)));
    int length = archive.size() - start;
    int count = entries.size() + extraEntriesClaimed;
    if (zip64) {
      int at = archive.size();
      archive.writeBytes(
          bytesOf(
              buffer(56)
                  .putInt(0x06064b50)
                  .putLong(44)
                  .putShort((short) 45)
                  .putShort((short) 45)
                  .putInt(0)
                  .putInt(0)
                  .putLong(count)
                  .putLong(count)
                  .putLong(length)
                  .putLong(start)));
      archive.writeBytes(bytesOf(buffer(20).putInt(0x07064b50).putInt(0).putLong(at).putInt(1)));
    }
    archive.writeBytes(
        bytesOf(
            buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (zip64 ? -1 : count))
                .putShort((short) (zip64 ? -1 : count))
                .putInt(zip64 ? -1 : length)
                .putInt(zip64 ? -1 : start)
                .putShort((short) comment.length)));
    archive.writeBytes(comment);
    return archive.toByteArray();
  }
}
