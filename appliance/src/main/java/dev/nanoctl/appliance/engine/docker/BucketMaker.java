package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.core.site.SiteConfig;

/** Makes the bucket that an instance keeps its packages in, which only the server knows how to. */
public interface BucketMaker {
  /** Makes it in the instance's own store, unless it is there. */
  void ensure(Instance instance, SiteConfig config);
}
