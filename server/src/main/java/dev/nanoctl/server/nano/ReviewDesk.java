package dev.nanoctl.server.nano;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Where submitted nanos wait for someone to look at them. */
public interface ReviewDesk {
  /** Puts a version in the queue. */
  void open(Handle tx, UUID nanoId, UUID versionId, UUID submitterId);

  /** Takes whatever waits for this nano out of the queue; there may be nothing. */
  void withdraw(Handle tx, UUID nanoId);
}
