package dev.nanoctl.server.media.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body read to its end before anything is sent, so that its length and digest are known and a
 * failed transfer can be repeated: in memory while small, else in a temporary file.
 */
final class Spool implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 20;

  private final byte[] head;
  private final @Nullable Path file;
  private final long length;
  private final Sha256 sha256;

  private Spool(byte[] head, @Nullable Path file, long length, Sha256 sha256) {
    this.head = head;
    this.file = file;
    this.length = length;
    this.sha256 = sha256;
  }

  static Spool of(InputStream body, Path folder) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] head = body.readNBytes(IN_MEMORY);
    digest.update(head);
    if (head.length < IN_MEMORY) {
      return new Spool(head, null, head.length, Sha256.finish(digest));
    }
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "s3-", ".part");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head);
      long length = head.length + copy(body, out, digest);
      return new Spool(new byte[0], file, length, Sha256.finish(digest));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static long copy(InputStream from, OutputStream to, MessageDigest digest)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      digest.update(buffer, 0, n);
      copied += n;
    }
    return copied;
  }

  long length() {
    return length;
  }

  Sha256 sha256() {
    return sha256;
  }

  /** The temporary file, or empty if all bytes are in memory. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** All bytes, if there is no file. */
  byte[] bytes() {
    return head;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
