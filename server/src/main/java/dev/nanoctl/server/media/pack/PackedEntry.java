package dev.nanoctl.server.media.pack;

/**
 * An entry as the archive's directory announces it; nothing here is trusted.
 *
 * @param name the path, as every reader of the archive must understand it
 * @param place where it lies
 * @param crc the announced checksum
 * @param size the announced unpacked size
 * @param traits what else the directory says
 */
public record PackedEntry(String name, Place place, long crc, long size, Traits traits) {
  /**
   * Where an entry lies in the archive.
   *
   * @param header the offset of its local header
   * @param packed the size of its packed bytes
   */
  public record Place(long header, long packed) {}

  /**
   * What else the directory says of an entry.
   *
   * @param method how it is packed
   * @param flags the general purpose bits
   * @param mode the Unix mode, or 0
   * @param rawName the bytes of the name, each as one character
   */
  record Traits(int method, int flags, int mode, String rawName) {}

  /** Stored as it is. */
  static final int STORED = 0;

  /** Packed with deflate. */
  static final int DEFLATED = 8;

  /** Whether it is a folder. */
  public boolean isFolder() {
    return name.endsWith("/");
  }

  boolean isEncrypted() {
    return (traits.flags() & 0x2041) != 0 || traits.method() == 99;
  }

  boolean hasDescriptor() {
    return (traits.flags() & 0x8) != 0;
  }
}
