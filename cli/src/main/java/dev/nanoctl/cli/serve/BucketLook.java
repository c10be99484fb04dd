package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.ObjectsProbe;
import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.doctor.Facts.Bucket.Reach;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import dev.nanoctl.server.media.store.S3Probe;
import dev.nanoctl.server.media.store.S3Settings;
import java.time.InstantSource;
import java.util.Optional;

/** Looks at the bucket of an instance through the adapter that the server uses. */
public final class BucketLook implements ObjectsProbe {
  private final InstantSource clock;

  /** Compares the endpoint's clock with this one. */
  public BucketLook(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Facts.Bucket> look(Layout layout, SiteConfig config) {
    return config.objects().store() == ObjectsKind.S3
        ? config.objects().bucket().map(bucket -> look(layout, bucket))
        : Optional.empty();
  }

  private Facts.Bucket look(Layout layout, SiteConfig.Bucket bucket) {
    String where = bucket.endpoint() + "/" + bucket.name();
    try {
      S3Settings settings = SiteObjects.settings(layout, bucket, layout.run());
      S3Probe.Found found = new S3Probe(settings, clock).look();
      return new Facts.Bucket(where, reach(found.reach()), found.detail(), found.skew());
    } catch (ProblemException e) {
      return new Facts.Bucket(where, Reach.NO_KEYS, e.problem().message(), Optional.empty());
    }
  }

  private static Reach reach(S3Probe.Reach found) {
    return switch (found) {
      case NO_ANSWER -> Reach.NO_ANSWER;
      case DENIED -> Reach.DENIED;
      case NO_BUCKET -> Reach.NO_BUCKET;
      case READ_ONLY -> Reach.READ_ONLY;
      case WRITABLE -> Reach.WRITABLE;
    };
  }
}
