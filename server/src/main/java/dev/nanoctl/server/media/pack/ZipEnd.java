package dev.nanoctl.server.media.pack;

import java.io.IOException;

/**
 * The end of a ZIP archive: where its directory lies and how many entries it has.
 *
 * @param directory the offset of the directory
 * @param length its length in bytes
 * @param entries how many entries it announces
 */
record ZipEnd(long directory, long length, long entries) {
  private static final long END = 0x06054b50L;
  private static final long END64 = 0x06064b50L;
  private static final long LOCATOR64 = 0x07064b50L;
  private static final long LOCAL = 0x04034b50L;
  private static final int END_SIZE = 22;
  private static final int LOCATOR_SIZE = 20;
  private static final int END64_SIZE = 56;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int ALL_16 = 0xFFFF;
  private static final long ALL_32 = 0xFFFF_FFFFL;

  static ZipEnd find(ByteSource source) throws IOException, PackageFlaw {
    long size = source.size();
    int window = (int) Math.min(size, END_SIZE + LONGEST_COMMENT);
    byte[] tail = source.read(size - window, window);
    int at = onlyEnd(tail, source);
    long endAt = size - tail.length + at;
    ZipEnd plain = parse(tail, at);
    ZipEnd end = plain;
    long directoryEnd = endAt;
    byte[] locator = source.read(Math.max(0, endAt - LOCATOR_SIZE), LOCATOR_SIZE);
    if (endAt >= LOCATOR_SIZE && Bytes.has(locator, 0, LOCATOR64)) {
      directoryEnd = Bytes.u64(locator, 8);
      end = parse64(source, plain, locator, endAt);
    } else if (plain.entries == ALL_16 || plain.directory == ALL_32 || plain.length == ALL_32) {
      throw contradictory("the zip64 record is missing");
    }
    if (end.directory < 0 || end.length < 0 || end.entries < 0) {
      throw contradictory("sizes beyond measure");
    }
    if (end.directory + end.length != directoryEnd) {
      boolean shifted = end.directory + end.length < directoryEnd;
      throw shifted
          ? new PackageFlaw(Rule.FOREIGN_BYTES, null, "the directory is not where it should be")
          : contradictory("the directory reaches beyond its end");
    }
    return end;
  }

  /** Two possible ends would let two programs see two different archives. */
  private static int onlyEnd(byte[] tail, ByteSource source) throws IOException, PackageFlaw {
    int exact = -1;
    int inexact = -1;
    for (int at = tail.length - END_SIZE; at >= 0; at--) {
      if (!Bytes.has(tail, at, END)) {
        continue;
      }
      int end = at + END_SIZE + Bytes.u16(tail, at + 20);
      if (end == tail.length && exact >= 0) {
        throw contradictory("it has two ends");
      } else if (end == tail.length) {
        exact = at;
      } else {
        inexact = Math.max(inexact, end);
      }
    }
    if (exact >= 0) {
      return exact;
    }
    if (inexact >= 0 && inexact < tail.length) {
      throw new PackageFlaw(Rule.FOREIGN_BYTES, null, tail.length - inexact + " bytes at the end");
    }
    boolean begun = Bytes.has(source.read(0, 4), 0, LOCAL);
    throw new PackageFlaw(begun || inexact >= 0 ? Rule.TRUNCATED : Rule.NOT_A_ZIP, null, "");
  }

  private static ZipEnd parse(byte[] tail, int at) throws PackageFlaw {
    int disk = Bytes.u16(tail, at + 4);
    int directoryDisk = Bytes.u16(tail, at + 6);
    int entriesHere = Bytes.u16(tail, at + 8);
    int entries = Bytes.u16(tail, at + 10);
    boolean oneDisk =
        (disk == 0 || disk == ALL_16) && (directoryDisk == 0 || directoryDisk == ALL_16);
    if (!oneDisk || entriesHere != entries) {
      throw contradictory("it is one part of several");
    }
    return new ZipEnd(Bytes.u32(tail, at + 16), Bytes.u32(tail, at + 12), entries);
  }

  private static ZipEnd parse64(ByteSource source, ZipEnd plain, byte[] locator, long endAt)
      throws IOException, PackageFlaw {
    long at = Bytes.u64(locator, 8);
    if (at < 0 || at > endAt - LOCATOR_SIZE - END64_SIZE) {
      throw contradictory("the zip64 record lies outside");
    }
    byte[] record = source.read(at, END64_SIZE);
    long length = record.length == END64_SIZE ? Bytes.u64(record, 4) : -1;
    if (length < 0 || !Bytes.has(record, 0, END64) || at + 12 + length != endAt - LOCATOR_SIZE) {
      throw contradictory("the zip64 record is damaged");
    }
    ZipEnd end = new ZipEnd(Bytes.u64(record, 48), Bytes.u64(record, 40), Bytes.u64(record, 32));
    if (Bytes.u64(record, 24) != end.entries
        || differs(plain.entries, ALL_16, end.entries)
        || differs(plain.directory, ALL_32, end.directory)
        || differs(plain.length, ALL_32, end.length)) {
      throw contradictory("the zip64 record says otherwise");
    }
    return end;
  }

  private static boolean differs(long plain, long placeholder, long large) {
    return plain != placeholder && plain != large;
  }

  private static PackageFlaw contradictory(String detail) {
    return new PackageFlaw(Rule.CONTRADICTORY, null, detail);
  }
}
