package dev.nanoctl.server.nano;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What readers see with a nano although it is not the nano's own: its creator. */
public final class NanoLooks {
  private final NanoTrail trail;
  private final NanoStore store = new NanoStore();

  /** Changes that leave their traces on this trail. */
  public NanoLooks(NanoTrail trail) {
    this.trail = trail;
  }

  /** The creator's name is another now: so it is on all of their published nanos. */
  public void creatorChanged(Handle tx, UUID creatorId) {
    trail.changed(tx, store.publishedBy(tx, creatorId));
  }
}
