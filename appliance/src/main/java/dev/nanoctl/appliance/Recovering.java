package dev.nanoctl.appliance;

import dev.nanoctl.core.json.JsonObject;
import java.util.function.BooleanSupplier;

/** Carries out the steps of a recovery, with what installs an instance at hand. */
@FunctionalInterface
public interface Recovering {
  /**
   * Who carries them out.
   *
   * @param usual carries out what is not about restoring
   * @param facts what was asked for, as the journal has it
   * @param stop whether the operation should end as soon as it can
   */
  Actor over(Actor usual, JsonObject facts, BooleanSupplier stop, Layout layout);
}
