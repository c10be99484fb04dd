package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.core.Secret;

/** A key that only the server knows: whoever starts next reads the next value. */
public record KeyRotation() implements Rotation {
  @Override
  public Secret make(Secret current) {
    return FreshSecrets.random();
  }

  @Override
  public void acceptBoth(Secret current, Secret next) {}

  @Override
  public void acceptOne(Secret current, Secret old) {}
}
