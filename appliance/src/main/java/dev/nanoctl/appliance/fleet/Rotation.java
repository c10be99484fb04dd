package dev.nanoctl.appliance.fleet;

import dev.nanoctl.core.Secret;

/** How one service takes a new secret without refusing the old one. */
public interface Rotation {
  /** A new value; random, unless the secret is a name. */
  Secret make();

  /** From now on the service accepts both values. */
  void acceptBoth(Secret current, Secret next) throws InterruptedException;

  /** From now on the service accepts the new value only. */
  void acceptOne(Secret current, Secret old) throws InterruptedException;
}
