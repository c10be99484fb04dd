package dev.nanoctl.backup.base;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Reads the archives of a base backup as they arrive, in pieces of any size, and keeps no more than
 * one header of them. It knows the form PostgreSQL writes: ustar, large sizes in base 256, no
 * extensions.
 */
final class TarParser {
  private static final int BLOCK = 512;

  private final BlockSink sink;
  private final byte[] header = new byte[BLOCK];
  private final byte[] chunk = new byte[64 << 10];
  private int filled;
  private long content;
  private int padding;
  private boolean inFile;
  private boolean ended;

  /** Hands files to that sink. */
  TarParser(BlockSink sink) {
    this.sink = sink;
  }

  /** The next bytes of the archive. */
  void accept(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (content > 0) {
        takeContent(bytes);
      } else if (padding > 0) {
        int skipped = Math.min(padding, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        padding -= skipped;
      } else {
        takeHeader(bytes);
      }
    }
  }

  /** Checks that the archive did not end in the middle of something. */
  void finish() throws IOException {
    if (content > 0 || padding > 0 || filled > 0 || inFile) {
      throw new ProtocolException("an archive of the base backup ends within a file");
    }
  }

  private void takeContent(ByteBuffer bytes) throws IOException {
    int count = (int) Math.min(Math.min(content, chunk.length), bytes.remaining());
    bytes.get(chunk, 0, count);
    sink.write(chunk, 0, count);
    content -= count;
    endIfComplete();
  }

  private void takeHeader(ByteBuffer bytes) throws IOException {
    int count = Math.min(BLOCK - filled, bytes.remaining());
    bytes.get(header, filled, count);
    filled += count;
    if (filled == BLOCK) {
      filled = 0;
      begin();
    }
  }

  private void begin() throws IOException {
    if (zeros()) {
      ended = true;
      return;
    }
    if (ended || number(148, 8) != checksum()) {
      throw new ProtocolException("an archive of the base backup is damaged");
    }
    String path = path();
    Instant modified = Instant.ofEpochSecond(number(136, 12));
    int mode = (int) number(100, 8) & 0777;
    switch ((char) header[156]) {
      case '0', '\0' -> beginFile(SourceFile.file(path, number(124, 12), modified, mode));
      case '2' -> sink.add(SourceFile.link(path, modified, text(157, 100)));
      case '5' -> addDirectory(path, modified, mode);
      default ->
          throw new ProtocolException(
              "an entry of the kind '%c' in the base backup: %s"
                  .formatted((char) header[156], path));
    }
  }

  private void beginFile(SourceFile file) throws IOException {
    sink.begin(file);
    inFile = true;
    content = file.size();
    padding = (int) ((BLOCK - content % BLOCK) % BLOCK);
    endIfComplete();
  }

  private void endIfComplete() throws IOException {
    if (content == 0 && inFile) {
      inFile = false;
      sink.end();
    }
  }

  private void addDirectory(String path, Instant modified, int mode) throws IOException {
    String name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!name.equals(".") && !name.isEmpty()) {
      sink.add(SourceFile.directory(name, modified, mode));
    }
  }

  private String path() {
    String prefix = text(345, 155);
    String name = text(0, 100);
    String path = prefix.isEmpty() ? name : prefix + "/" + name;
    return path.startsWith("./") ? path.substring(2) : path;
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  /** Octal digits, or base 256 when the first bit is set. */
  private long number(int offset, int length) throws ProtocolException {
    long value = 0;
    if ((header[offset] & 0x80) != 0) {
      for (int i = offset + 1; i < offset + length; i++) {
        value = value << 8 | (header[i] & 0xFF);
      }
    } else {
      for (int i = offset; i < offset + length && header[i] != 0 && header[i] != ' '; i++) {
        if (header[i] < '0' || header[i] > '7') {
          throw new ProtocolException("an archive of the base backup is damaged");
        }
        value = value << 3 | (header[i] - '0');
      }
    }
    if (value < 0) {
      throw new ProtocolException("an archive of the base backup is damaged");
    }
    return value;
  }

  private long checksum() {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private boolean zeros() {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
