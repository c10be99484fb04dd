package dev.nanoctl.server.media.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** Reads every entry once to its end: counts, sums up, and looks at how each one begins. */
final class EntryInspection {
  private static final int HEAD = 4096;
  private static final int BUFFER = 1 << 16;

  private final ByteSource source;
  private final PackageLimits limits;
  private long unpacked;

  EntryInspection(ByteSource source, PackageLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** The counted bytes of all entries read so far. */
  long unpacked() {
    return unpacked;
  }

  /** Reads the entry; the finding is about its content, a flaw means it cannot be read. */
  Optional<Finding> read(PackedEntry entry) throws IOException, PackageFlaw {
    CRC32 crc = new CRC32();
    byte[] head;
    long size;
    try (InputStream in = EntryContent.unpack(source, entry)) {
      head = in.readNBytes(HEAD);
      crc.update(head);
      size = head.length + rest(entry, in, head.length, crc);
    } catch (ZipException | EOFException e) {
      throw new PackageFlaw(Rule.DAMAGED, entry.name(), "its packed bytes cannot be unpacked");
    }
    if (size != entry.size()) {
      throw new PackageFlaw(
          Rule.CONTRADICTORY, entry.name(), entry.size() + " bytes announced, " + size + " found");
    }
    if (crc.getValue() != entry.crc()) {
      throw new PackageFlaw(Rule.DAMAGED, entry.name(), "wrong checksum");
    }
    unpacked += size;
    return ContentRules.check(entry.name(), head);
  }

  private long rest(PackedEntry entry, InputStream in, long begun, CRC32 crc)
      throws IOException, PackageFlaw {
    byte[] buffer = new byte[BUFFER];
    long read = 0;
    check(entry, begun);
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      read += n;
      crc.update(buffer, 0, n);
      check(entry, begun + read);
    }
    return read;
  }

  private void check(PackedEntry entry, long size) throws PackageFlaw {
    long total = unpacked + size;
    if (size > limits.entry()) {
      throw new PackageFlaw(Rule.ENTRY_TOO_LARGE, entry.name(), "");
    }
    if (total > limits.unpacked()) {
      throw new PackageFlaw(Rule.UNPACKED_TOO_LARGE, entry.name(), "");
    }
    if (total > PackageLimits.RATIO_COUNTS_FROM && total / limits.ratio() >= source.size()) {
      throw new PackageFlaw(Rule.RATIO, entry.name(), "");
    }
  }

  /** The bytes of a small entry, at most so many; an entry that is longer is cut. */
  static byte[] beginning(ByteSource source, PackedEntry entry, int most)
      throws IOException, PackageFlaw {
    try (InputStream in = EntryContent.unpack(source, entry)) {
      return in.readNBytes(most);
    } catch (ZipException | EOFException e) {
      throw new PackageFlaw(Rule.DAMAGED, entry.name(), "its packed bytes cannot be unpacked");
    }
  }
}
