package dev.nanoctl.server.media.pack;

/**
 * An entry's sizes and place, from the extra field where the 32-bit fields are saturated.
 *
 * @param size the announced unpacked size
 * @param packed the packed size
 * @param header the offset of the local header
 */
record Zip64(long size, long packed, long header) {
  private static final int TAG = 0x0001;
  private static final long ALL_32 = 0xFFFF_FFFFL;

  static Zip64 resolve(String name, byte[] extra, long size, long packed, long header)
      throws PackageFlaw {
    byte[] field = ExtraFields.find(extra, TAG);
    int at = 0;
    long[] values = {size, packed, header};
    for (int i = 0; i < values.length; i++) {
      if (values[i] != ALL_32) {
        continue;
      }
      if (field == null || at + 8 > field.length) {
        throw new PackageFlaw(Rule.CONTRADICTORY, name, "its zip64 sizes are missing");
      }
      values[i] = Bytes.u64(field, at);
      at += 8;
    }
    if (values[0] < 0 || values[1] < 0 || values[2] < 0) {
      throw new PackageFlaw(Rule.CONTRADICTORY, name, "sizes beyond measure");
    }
    return new Zip64(values[0], values[1], values[2]);
  }
}
