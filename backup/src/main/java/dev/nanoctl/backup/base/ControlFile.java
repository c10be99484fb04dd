package dev.nanoctl.backup.base;

import dev.nanoctl.core.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What {@code global/pg_control} says of a cluster.
 *
 * @param systemId unique to the cluster since {@code initdb}
 * @param version of the file's form: 1800 for PostgreSQL 18
 * @param state 6 while a cluster is in production, 1 after a clean stop
 */
public record ControlFile(long systemId, int version, int state) {
  /** Its name below the data directory. */
  public static final String PATH = "global/pg_control";

  /** No form had its checksum before the first of these, and all had it before the second. */
  private static final int FIRST = 200;

  private static final int LAST = 508;

  /**
   * Reads and checks the file. The place of the checksum differs between versions of PostgreSQL: it
   * is where four bytes are the CRC-32C of all bytes before them.
   *
   * @throws dev.nanoctl.core.ProblemException when there is no such place: the file is damaged
   */
  public static ControlFile read(byte[] bytes) {
    if (bytes.length < LAST + 4) {
      throw damaged("it has only " + bytes.length + " bytes");
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var crc = new CRC32C();
    crc.update(bytes, 0, FIRST);
    for (int offset = FIRST; offset <= LAST; offset += 4) {
      if ((int) crc.getValue() == file.getInt(offset)) {
        return new ControlFile(file.getLong(0), file.getInt(8), file.getInt(16));
      }
      crc.update(bytes, offset, 4);
    }
    throw damaged("its checksum is wrong");
  }

  private static RuntimeException damaged(String why) {
    return new Problem.Verification(
            "NC-BACKUP-CONTROL",
            "the cluster's pg_control is damaged: " + why,
            "look for a failing disk; nothing of this backup was published")
        .raise();
  }
}
