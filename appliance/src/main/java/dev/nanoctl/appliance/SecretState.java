package dev.nanoctl.appliance;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret of an instance; its value is never told.
 *
 * @param name of its file
 * @param rotates whether it can be rotated while the instance serves
 * @param since when it got its value; empty when there is no such file
 */
public record SecretState(String name, boolean rotates, Optional<Instant> since) {
  /** Whether it is there. */
  public boolean present() {
    return since.isPresent();
  }
}
