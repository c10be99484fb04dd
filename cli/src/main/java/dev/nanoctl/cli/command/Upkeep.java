package dev.nanoctl.cli.command;

import dev.nanoctl.backup.repo.BucketProbe;
import dev.nanoctl.core.site.SiteFolder;
import java.util.List;
import java.util.OptionalLong;

/** What an instance's data need now and then. */
public interface Upkeep {
  /**
   * What checking the audit log came to.
   *
   * @param checked how many entries were read
   * @param firstBroken the number of the first entry that was changed, or that follows a gap
   */
  record AuditCheck(long checked, OptionalLong firstBroken) {}

  /** Hears how far something is. */
  interface Counter {
    /** That many of so many are done. */
    void at(long done, long total);
  }

  /** Builds the search index anew from the database; how many nanos it holds then. */
  long reindex(SiteFolder site, Counter counter);

  /**
   * What copying packages came to.
   *
   * @param objects how many were copied now
   * @param present how many were there before
   */
  record Copied(int objects, int present, long bytes) {}

  /** Copies what only the other store holds into the one that the configuration names. */
  Copied copyObjects(SiteFolder site, Counter counter);

  /**
   * A bucket and what it can do.
   *
   * @param where endpoint, bucket and prefix
   */
  record Bucket(String where, List<BucketProbe.Feature> features) {
    /** Keeps its own copy. */
    public Bucket {
      features = List.copyOf(features);
    }

    /** Whether packages can be kept there. */
    public boolean fit() {
      return features.stream().allMatch(BucketProbe.Feature::fit);
    }
  }

  /** Tries on the bucket for packages which features of S3 it has. */
  Bucket probeObjects(SiteFolder site);

  /** Reads the whole audit log and checks its chain of hashes. */
  AuditCheck verifyAudit(SiteFolder site);
}
