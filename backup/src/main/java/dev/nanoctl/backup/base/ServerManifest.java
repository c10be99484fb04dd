package dev.nanoctl.backup.base;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.crypto.Digests;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What the server says it sent: PostgreSQL's {@code backup_manifest}.
 *
 * @param files by path
 * @param ranges the log that is needed, oldest first
 */
public record ServerManifest(Map<String, Entry> files, List<Range> ranges) {
  /**
   * One file.
   *
   * @param crc32c as the server writes it: the four bytes of memory, in hexadecimal
   */
  public record Entry(long size, String crc32c) {
    /** A file of that many bytes with that checksum. */
    public static Entry of(long size, CRC32C crc) {
      int swapped = Integer.reverseBytes((int) crc.getValue());
      return new Entry(size, HexFormat.of().toHexDigits(swapped));
    }
  }

  /** Log of one timeline that is needed. */
  public record Range(int timeline, LogPosition start, LogPosition end) {}

  private static final String SEAL = "\"Manifest-Checksum\"";

  /**
   * Reads it and checks its own checksum.
   *
   * @throws dev.nanoctl.core.ProblemException when it is damaged
   */
  public static ServerManifest read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int seal = text.lastIndexOf(SEAL);
    if (seal < 0) {
      throw mismatch("the server's manifest has no checksum");
    }
    int covered = text.substring(0, seal).getBytes(StandardCharsets.UTF_8).length;
    if (!text.substring(seal).contains('"' + sha256(bytes, covered) + '"')) {
      throw mismatch("the server's manifest does not match its checksum");
    }
    JsonObject all = Json.parseObject(bytes);
    return new ServerManifest(files(all), ranges(all));
  }

  private static Map<String, Entry> files(JsonObject all) {
    Map<String, Entry> files = new HashMap<>();
    all.array("Files")
        .orElseThrow(() -> mismatch("the server's manifest names no files"))
        .objects()
        .forEach(file ->
            files.put(
                path(file),
                new Entry(file.integer("Size").orElse(-1), file.text("Checksum").orElse(""))));
    return files;
  }

  private static String path(JsonObject file) {
    return file.text("Path")
        .orElseGet(() ->
            new String(
                HexFormat.of().parseHex(file.text("Encoded-Path").orElse("")),
                StandardCharsets.UTF_8));
  }

  private static List<Range> ranges(JsonObject all) {
    return all.array("WAL-Ranges")
        .orElseThrow(() -> mismatch("the server's manifest names no log"))
        .objects()
        .map(range ->
            new Range(
                (int) range.integer("Timeline").orElse(0),
                LogPosition.parse(range.text("Start-LSN").orElse("")),
                LogPosition.parse(range.text("End-LSN").orElse(""))))
        .toList();
  }

  private static String sha256(byte[] bytes, int length) {
    MessageDigest digest = Digests.digest();
    digest.update(bytes, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  static RuntimeException mismatch(String what) {
    return new Problem.Verification(
            "NC-BACKUP-MANIFEST",
            what,
            "take the backup again; if it recurs, look for failing memory, disk or network")
        .raise();
  }
}
