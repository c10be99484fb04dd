package dev.nanoctl.server.media.pack;

import dev.nanoctl.server.media.scan.MalwareScan;
import dev.nanoctl.server.media.scan.ScanUnavailableException;
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

  /** An entry that says it is empty; one that lies about it is refused for that. */
  private static final MalwareScan.Look NOTHING_TO_SEE =
      new MalwareScan.Look() {
        @Override
        public void see(byte[] bytes, int offset, int length) {
          // the size is found to be wrong in a moment
        }

        @Override
        public Optional<String> verdict() {
          return Optional.empty();
        }

        @Override
        public void close() {
          // nothing is held
        }
      };

  private final ByteSource source;
  private final PackageLimits limits;
  private final MalwareScan scan;
  private long unpacked;

  EntryInspection(ByteSource source, PackageLimits limits, MalwareScan scan) {
    this.source = source;
    this.limits = limits;
    this.scan = scan;
  }

  /** The counted bytes of all entries read so far. */
  long unpacked() {
    return unpacked;
  }

  /** Reads the entry; the finding is about its content, a flaw means it cannot be read. */
  Optional<Finding> read(PackedEntry entry) throws IOException, PackageFlaw {
    if (entry.size() == 0) {
      return read(entry, NOTHING_TO_SEE);
    }
    try (MalwareScan.Look look = scan.begin()) {
      Optional<Finding> finding = read(entry, look);
      Optional<String> malware = look.verdict();
      return malware.isPresent()
          ? malware.map(name -> Finding.error(Rule.MALWARE, entry.name(), name))
          : finding;
    } catch (ScanUnavailableException e) {
      throw new PackageFlaw(Rule.NOT_SCANNED, null, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Finding> read(PackedEntry entry, MalwareScan.Look look)
      throws IOException, PackageFlaw {
    CRC32 crc = new CRC32();
    byte[] head;
    long size;
    try (InputStream in = EntryContent.unpack(source, entry)) {
      head = in.readNBytes(HEAD);
      crc.update(head);
      look.see(head, 0, head.length);
      size = head.length + rest(entry, in, look, crc, head.length);
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

  private long rest(PackedEntry entry, InputStream in, MalwareScan.Look look, CRC32 crc, long begun)
      throws IOException, PackageFlaw {
    byte[] buffer = new byte[BUFFER];
    long read = 0;
    check(entry, begun);
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      read += n;
      crc.update(buffer, 0, n);
      look.see(buffer, 0, n);
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
