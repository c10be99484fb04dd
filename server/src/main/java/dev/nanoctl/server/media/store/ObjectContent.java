package dev.nanoctl.server.media.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object, or of a part of it; close it when done.
 *
 * @param stream exactly {@code length} bytes
 * @param length how many bytes the stream gives
 * @param size how many bytes the whole object has
 */
public record ObjectContent(InputStream stream, long length, long size) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
