package dev.nanoctl.server.media;

import dev.nanoctl.server.media.pack.ByteSource;
import dev.nanoctl.server.media.store.ByteRange;
import dev.nanoctl.server.media.store.ObjectContent;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;

/** An archive in the object store, read range by range. */
public final class ObjectSource implements ByteSource {
  private final ObjectStore objects;
  private final ObjectKey key;
  private final long size;

  ObjectSource(ObjectStore objects, ObjectKey key, long size) {
    this.objects = objects;
    this.key = key;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long position, int length) throws IOException {
    try (InputStream in = stream(position, length)) {
      return in.readAllBytes();
    }
  }

  @Override
  public InputStream stream(long position, long length) {
    if (position >= size || length <= 0) {
      return InputStream.nullInputStream();
    }
    ObjectContent part = objects.get(key, new ByteRange(position, position + length - 1));
    return part.stream();
  }

  @Override
  public void close() {
    // each stream is closed by who reads it
  }
}
