package dev.nanoctl.backup.base;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.base.ServerManifest.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** Hands files on and remembers of each what the server's manifest has to say the same of. */
final class CheckedSink implements BlockSink {
  private static final int CONTROL_LIMIT = 64 << 10;

  private final BlockSink sink;
  private final Map<String, Entry> received = new HashMap<>();
  private final ByteArrayOutputStream control = new ByteArrayOutputStream();
  private final CRC32C crc = new CRC32C();
  private String path = "";
  private long size;

  CheckedSink(BlockSink sink) {
    this.sink = sink;
  }

  @Override
  public void add(SourceFile entry) throws IOException {
    sink.add(entry);
  }

  @Override
  public void begin(SourceFile file) throws IOException {
    path = file.path();
    size = 0;
    crc.reset();
    sink.begin(file);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    crc.update(bytes, offset, length);
    size += length;
    if (path.equals(ControlFile.PATH) && size <= CONTROL_LIMIT) {
      control.write(bytes, offset, length);
    }
    sink.write(bytes, offset, length);
  }

  @Override
  public void end() throws IOException {
    sink.end();
    received.put(path, Entry.of(size, crc));
  }

  /** What the cluster's control file says, after its checksum was found right. */
  ControlFile control() {
    return ControlFile.read(control.toByteArray());
  }

  /**
   * Compares what arrived with what the server says it sent.
   *
   * @throws dev.nanoctl.core.ProblemException when a file is missing, not announced, or different
   */
  void require(ServerManifest manifest) {
    Set<String> wrong = new TreeSet<>();
    manifest
        .files()
        .forEach((name, entry) -> {
          if (!entry.equals(received.get(name))) {
            wrong.add(name);
          }
        });
    for (String name : received.keySet()) {
      if (!manifest.files().containsKey(name)) {
        wrong.add(name);
      }
    }
    if (!wrong.isEmpty()) {
      throw ServerManifest.mismatch(
          "%d files did not arrive as the server says it sent them, the first is %s"
              .formatted(wrong.size(), wrong.iterator().next()));
    }
  }
}
