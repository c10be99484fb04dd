package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.engine.docker.BucketMaker;
import dev.nanoctl.appliance.engine.docker.Endpoints;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.server.media.store.S3Bucket;
import dev.nanoctl.server.media.store.S3Settings;
import java.io.IOException;

/** Makes the bucket in the store that an instance brings along. */
public final class BundledBucket implements BucketMaker {
  @Override
  public void ensure(Instance instance, SiteConfig config) {
    S3Settings settings =
        SiteObjects.bundled(
            instance.layout(), Endpoints.ofHost(instance.ports()), instance.layout().run());
    try {
      S3Bucket.ensure(settings);
    } catch (IOException e) {
      throw new Problem.Unavailable(
              "NC-OBJECTS-UNAVAILABLE",
              "the bucket of the bundled store cannot be made: " + e.getMessage(),
              "nanoctl logs objects")
          .raise(e);
    }
  }
}
