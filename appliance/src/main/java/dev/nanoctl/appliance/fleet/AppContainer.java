package dev.nanoctl.appliance.fleet;

import java.time.Instant;

/**
 * One container of the app.
 *
 * @param image the name and tag it was made from
 * @param state such as {@code running} or {@code exited}
 * @param health what its check says, in the engine's words; empty without a check
 * @param hash stands for how it was described when it was made
 */
public record AppContainer(
    String id, String image, String state, String health, Instant created, String hash) {
  /** Whether it runs and its check is content. */
  public boolean healthy() {
    return state.equals("running") && health.equals("healthy");
  }

  /** Whether it will not become healthy by waiting. */
  public boolean failed() {
    return health.equals("unhealthy")
        || state.equals("exited")
        || state.equals("dead")
        || state.equals("restarting");
  }
}
