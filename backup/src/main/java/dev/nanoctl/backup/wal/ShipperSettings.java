package dev.nanoctl.backup.wal;

import java.time.Duration;
import java.util.UUID;

/**
 * How log is shipped.
 *
 * @param lineage the unbroken history it belongs to
 * @param slot the replication slot that keeps log until it is durable
 * @param chunk the most bytes of an object
 * @param delay how long log waits for more before it is sent
 * @param parallel the most objects on their way at once; times the chunk, this bounds memory, and
 *     how far the last of them may be from what is durable
 */
public record ShipperSettings(UUID lineage, String slot, int chunk, Duration delay, int parallel) {
  /** Checks that everything is positive and that a chunk fits an object. */
  public ShipperSettings {
    if (chunk < 1 || chunk > 1 << 30 || delay.isNegative() || parallel < 1) {
      throw new IllegalArgumentException("not how log can be shipped");
    }
  }

  /** An object for each MiB, or every two seconds; four at once. */
  public static ShipperSettings usual(UUID lineage, String slot) {
    return new ShipperSettings(lineage, slot, 1 << 20, Duration.ofSeconds(2), 4);
  }

  /** How much log is on its way at most, in bytes. */
  public long underway() {
    return (long) chunk * parallel;
  }

  /**
   * How far back a hole can be that a killed shipper left, in bytes. Twice what is on its way: by
   * earlier versions up to an object and a message more were.
   */
  public long back() {
    return 2 * underway();
  }
}
