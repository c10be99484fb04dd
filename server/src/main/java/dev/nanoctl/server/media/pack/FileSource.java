package dev.nanoctl.server.media.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** An archive in a file. */
public final class FileSource implements ByteSource {
  private static final int BUFFER = 1 << 16;

  private final FileChannel file;
  private final long size;

  private FileSource(FileChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** Opens the file for reading. */
  public static FileSource open(Path path) throws IOException {
    return new FileSource(FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long position, int length) throws IOException {
    byte[] bytes = new byte[(int) Math.clamp(size - position, 0L, length)];
    int filled = fill(position, ByteBuffer.wrap(bytes));
    return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
  }

  private int fill(long position, ByteBuffer into) throws IOException {
    int filled = 0;
    while (into.hasRemaining()) {
      int n = file.read(into, position + filled);
      if (n < 0) {
        break;
      }
      filled += n;
    }
    return filled;
  }

  @Override
  public InputStream stream(long position, long length) {
    return new Part(position, Math.clamp(size - position, 0L, length));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A window of the file with a buffer of its own; several may be open at once. */
  private final class Part extends InputStream {
    private long position;
    private long left;

    Part(long position, long left) {
      this.position = position;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left <= 0) {
        return -1;
      }
      int wanted = (int) Math.min(Math.min(length, left), BUFFER);
      int n = fill(position, ByteBuffer.wrap(into, offset, wanted));
      if (n == 0) {
        left = 0;
        return -1;
      }
      position += n;
      left -= n;
      return n;
    }
  }
}
