package dev.nanoctl.server.media.pack;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The unpacked bytes of an entry. */
public final class EntryContent {
  private static final int BUFFER = 1 << 15;

  private EntryContent() {}

  /** A stream of the unpacked bytes of an entry of a valid package; close it when done. */
  public static InputStream open(ByteSource source, PackedEntry entry) throws IOException {
    try {
      return unpack(source, entry);
    } catch (PackageFlaw flaw) {
      throw new IOException("a stored package is damaged: " + flaw.getMessage(), flaw);
    }
  }

  static InputStream unpack(ByteSource source, PackedEntry entry) throws IOException, PackageFlaw {
    long offset = ZipIndex.dataOffset(source, entry);
    InputStream packed = source.stream(offset, entry.place().packed());
    return switch (entry.traits().method()) {
      case PackedEntry.STORED -> packed;
      case PackedEntry.DEFLATED -> new Inflating(packed);
      default -> {
        packed.close();
        throw new PackageFlaw(
            Rule.UNKNOWN_METHOD, entry.name(), "method " + entry.traits().method());
      }
    };
  }

  /** Frees the native memory of its inflater when closed. */
  private static final class Inflating extends InflaterInputStream {
    Inflating(InputStream packed) {
      super(packed, new Inflater(true), BUFFER);
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }
}
