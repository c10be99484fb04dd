package dev.nanoctl.backup.logical;

import dev.nanoctl.backup.crypto.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Cuts the rows of a table into pieces that stay the same where the rows do. A piece begins at a
 * row whose key happens to have a certain checksum, and is named after that key: rows that come, go
 * or change move no border but those near them, and within a piece what stands before a change
 * stays at its place.
 */
final class Pieces {
  /** Receives each piece; its bytes are whole rows. */
  @FunctionalInterface
  interface Receiver {
    void accept(String name, byte[] rows) throws IOException, InterruptedException;
  }

  static final int LEAST = 32 << 10;
  static final int LARGEST = 1 << 20;

  /** As many bytes of rows lie between two borders, on average. */
  private static final long APART = 96 << 10;

  private static final String FIRST = "first";
  private static final int NAME_BYTES = 16;

  private final int keys;
  private final Receiver receiver;
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
  private final Map<String, Integer> names = new HashMap<>();
  private final MessageDigest digest = Digests.digest();
  private String name = FIRST;
  private long count;

  /**
   * Cuts rows.
   *
   * @param keys how many fields at the beginning of a row are its key; with none the whole row is
   */
  Pieces(int keys, Receiver receiver) {
    this.keys = keys;
    this.receiver = receiver;
  }

  /** The next row, as {@code COPY} sends it: with the line feed at its end. */
  void row(byte[] row) throws IOException, InterruptedException {
    int key = key(row);
    boolean full = rows.size() > 0 && rows.size() + (long) row.length > LARGEST;
    if (full || (rows.size() >= LEAST && border(row, key))) {
      flush();
      name = name(row, key);
    }
    rows.writeBytes(row);
    count++;
  }

  /** The last piece; how many rows there were. */
  long end() throws IOException, InterruptedException {
    if (rows.size() > 0) {
      flush();
    }
    return count;
  }

  private void flush() throws IOException, InterruptedException {
    int before = names.merge(name, 1, Integer::sum) - 1;
    receiver.accept(before == 0 ? name : name + "-" + before, rows.toByteArray());
    rows.reset();
  }

  /** Where the key ends. */
  private int key(byte[] row) {
    int fields = 0;
    for (int i = 0; i < row.length && keys > 0; i++) {
      if (row[i] == '\t' && ++fields == keys) {
        return i;
      }
    }
    return row.length;
  }

  /** The larger a row, the likelier, so that borders are as far apart in bytes for every table. */
  private static boolean border(byte[] row, int key) {
    var crc = new CRC32C();
    crc.update(row, 0, key);
    return crc.getValue() * APART < (long) row.length << Integer.SIZE;
  }

  private String name(byte[] row, int key) {
    digest.update(row, 0, key);
    return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
  }
}
