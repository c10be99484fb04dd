package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.core.Secret;
import java.util.Map;

/** A key that only the server knows: whoever starts next reads the next value. */
public record KeyRotation() implements Rotation {
  /** All such keys, whatever the engine. */
  public static Map<String, Rotation> all() {
    var rotation = new KeyRotation();
    return Map.of(
        SecretNames.TOKENS, rotation, SecretNames.LINKS, rotation, SecretNames.AUDIT, rotation);
  }

  @Override
  public Secret make(Secret current) {
    return FreshSecrets.random();
  }

  @Override
  public void acceptBoth(Secret current, Secret next) {}

  @Override
  public void acceptOne(Secret current, Secret old) {}
}
