package dev.nanoctl.appliance.plan;

import java.util.Optional;

/**
 * One step of a plan.
 *
 * @param name stable, for the journal
 * @param doing for people while it runs, such as "starting server"
 * @param done for people when it is done, such as "started server"
 */
public record Step(String name, String doing, String done, Action forward, Optional<Action> undo) {
  static Step of(String name, String doing, String done, Action forward) {
    return new Step(name, doing, done, forward, Optional.empty());
  }

  static Step of(String name, String doing, String done, Action forward, Action undo) {
    return new Step(name, doing, done, forward, Optional.of(undo));
  }
}
