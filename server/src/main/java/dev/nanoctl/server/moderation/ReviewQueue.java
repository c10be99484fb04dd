package dev.nanoctl.server.moderation;

import dev.nanoctl.server.nano.ReviewDesk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Where submitted nanos wait: by the time they should be decided. */
public final class ReviewQueue implements ReviewDesk {
  /** How long a creator should wait at most. */
  static final Duration PATIENCE = Duration.ofDays(3);

  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final CaseStore store = new CaseStore();

  /** A queue that reckons by this clock. */
  public ReviewQueue(InstantSource clock, Supplier<UUID> ids) {
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public void open(Handle tx, UUID nanoId, UUID versionId, UUID submitterId) {
    Instant now = clock.instant();
    var review = new ReviewCase(ids.get(), nanoId, versionId, CaseStatus.OPEN, null, null);
    store.insert(tx, review, submitterId, now, now.plus(PATIENCE));
  }

  @Override
  public void withdraw(Handle tx, UUID nanoId) {
    store.withdraw(tx, nanoId);
  }
}
