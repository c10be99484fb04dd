package dev.nanoctl.server.media.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The directory of an archive, and the way to its entries. */
public final class ZipIndex {
  private static final long CENTRAL = 0x02014b50L;
  private static final long LOCAL = 0x04034b50L;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int LONGEST_DESCRIPTOR = 24;
  private static final int UNIX = 3;

  /** Names, extra fields and comments of 2,000 sensible entries take a tenth of this. */
  private static final int LARGEST_DIRECTORY = 8 << 20;

  private final List<PackedEntry> entries;
  private final Map<String, PackedEntry> byName = new HashMap<>();

  private ZipIndex(List<PackedEntry> entries) {
    this.entries = List.copyOf(entries);
    entries.forEach(entry -> byName.putIfAbsent(entry.name(), entry));
  }

  /** The entries in the order of the directory. */
  public List<PackedEntry> entries() {
    return entries;
  }

  /** The entry with exactly this path. */
  public Optional<PackedEntry> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Reads the directory of an archive that was validated before. */
  public static ZipIndex ofValid(ByteSource source) throws IOException {
    try {
      return read(source, PackageLimits.STANDARD);
    } catch (PackageFlaw flaw) {
      throw new IOException("a stored package is damaged: " + flaw.getMessage(), flaw);
    }
  }

  static ZipIndex read(ByteSource source, PackageLimits limits) throws IOException, PackageFlaw {
    ZipEnd end = ZipEnd.find(source);
    if (end.entries() > limits.entries()) {
      throw new PackageFlaw(Rule.TOO_MANY_ENTRIES, null, end.entries() + " entries");
    }
    if (end.length() > LARGEST_DIRECTORY) {
      throw new PackageFlaw(Rule.CONTRADICTORY, null, "the directory is too large");
    }
    byte[] directory = source.read(end.directory(), (int) end.length());
    List<PackedEntry> entries = new ArrayList<>();
    int at = 0;
    while (at < directory.length && entries.size() < end.entries()) {
      at = readEntry(directory, at, entries);
    }
    if (at != directory.length || entries.size() != end.entries()) {
      throw new PackageFlaw(Rule.CONTRADICTORY, null, "the number of entries is wrong");
    }
    return new ZipIndex(entries);
  }

  private static int readEntry(byte[] directory, int at, List<PackedEntry> entries)
      throws PackageFlaw {
    if (at + CENTRAL_SIZE > directory.length || !Bytes.has(directory, at, CENTRAL)) {
      throw new PackageFlaw(Rule.CONTRADICTORY, null, "the directory is damaged");
    }
    int nameLength = Bytes.u16(directory, at + 28);
    int extraLength = Bytes.u16(directory, at + 30);
    int next = at + CENTRAL_SIZE + nameLength + extraLength + Bytes.u16(directory, at + 32);
    if (next > directory.length) {
      throw new PackageFlaw(Rule.CONTRADICTORY, null, "the directory is damaged");
    }
    int extraAt = at + CENTRAL_SIZE + nameLength;
    byte[] rawName = Arrays.copyOfRange(directory, at + CENTRAL_SIZE, extraAt);
    byte[] extra = Arrays.copyOfRange(directory, extraAt, extraAt + extraLength);
    int flags = Bytes.u16(directory, at + 8);
    String name = EntryNames.decode(rawName, flags, extra);
    boolean unix = directory[at + 5] == UNIX;
    int mode = unix ? Bytes.u16(directory, at + 40) : 0;
    Zip64 sizes =
        Zip64.resolve(
            name,
            extra,
            Bytes.u32(directory, at + 24),
            Bytes.u32(directory, at + 20),
            Bytes.u32(directory, at + 42));
    entries.add(
        new PackedEntry(
            name,
            new PackedEntry.Place(sizes.header(), sizes.packed()),
            Bytes.u32(directory, at + 16),
            sizes.size(),
            new PackedEntry.Traits(
                Bytes.u16(directory, at + 10),
                flags,
                mode,
                new String(rawName, StandardCharsets.ISO_8859_1))));
    return next;
  }

  /** Where the packed bytes of an entry begin, read from its local header. */
  static long dataOffset(ByteSource source, PackedEntry entry) throws IOException, PackageFlaw {
    byte[] header = source.read(entry.place().header(), LOCAL_SIZE);
    if (header.length < LOCAL_SIZE || !Bytes.has(header, 0, LOCAL)) {
      throw new PackageFlaw(Rule.CONTRADICTORY, entry.name(), "its local header is missing");
    }
    return entry.place().header() + LOCAL_SIZE + Bytes.u16(header, 26) + Bytes.u16(header, 28);
  }

  /** Every local header must say what the directory says, and no two entries may overlap. */
  void checkLocalHeaders(ByteSource source) throws IOException, PackageFlaw {
    List<PackedEntry> byPlace = new ArrayList<>(entries);
    byPlace.sort(Comparator.comparingLong(entry -> entry.place().header()));
    long directory = ZipEnd.find(source).directory();
    long end = 0;
    long slack = 0;
    for (PackedEntry entry : byPlace) {
      if (entry.place().header() >= directory) {
        throw new PackageFlaw(Rule.CONTRADICTORY, entry.name(), "it lies outside the archive");
      }
      long gap = entry.place().header() - end;
      if (gap < 0) {
        throw new PackageFlaw(Rule.OVERLAP, entry.name(), "");
      }
      requireNoGap(gap, slack);
      LocalHeader.check(source, entry);
      end = dataOffset(source, entry) + entry.place().packed();
      slack = entry.hasDescriptor() ? LONGEST_DESCRIPTOR : 0;
      if (end > directory) {
        throw new PackageFlaw(Rule.CONTRADICTORY, entry.name(), "it reaches into the directory");
      }
    }
    requireNoGap(directory - end, slack);
  }

  /** Bytes that no entry owns could be entries that only some programs see. */
  private static void requireNoGap(long gap, long allowed) throws PackageFlaw {
    if (gap > allowed) {
      throw new PackageFlaw(Rule.FOREIGN_BYTES, null, gap + " bytes that belong to no entry");
    }
  }
}
