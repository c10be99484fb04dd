package dev.nanoctl.appliance.fleet;

import dev.nanoctl.core.Secret;
import java.util.Set;

/** How one service takes a new secret without refusing the old one. */
public interface Rotation {
  /** A new value to follow that one. */
  Secret make(Secret current);

  /** The secrets that only change together with this one, by name. */
  default Set<String> together() {
    return Set.of();
  }

  /** From now on the service accepts both values. */
  void acceptBoth(Secret current, Secret next) throws InterruptedException;

  /** From now on the service accepts the new value only. */
  void acceptOne(Secret current, Secret old) throws InterruptedException;
}
