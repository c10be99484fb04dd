package dev.nanoctl.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** The objects of an appliance: packages, covers and whatever else people uploaded. */
public interface ObjectSource {
  /**
   * One object, unchangeable under its key.
   *
   * @param sha256 of its content, lower-case hexadecimal
   */
  record Entry(String key, long size, String sha256) {}

  /** Hands over every object there is; ones that are added meanwhile may be missing. */
  void list(Consumer<Entry> receiver) throws IOException;

  /** An object's content; empty when it was deleted since. */
  Optional<InputStream> open(String key) throws IOException;
}
