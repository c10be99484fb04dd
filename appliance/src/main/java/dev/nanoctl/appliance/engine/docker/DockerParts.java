package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Layout;
import java.time.InstantSource;

/**
 * What the driver works with.
 *
 * @param api the engine
 * @param program what the application's image is made of
 * @param version of this program
 * @param buckets makes the bundled store's bucket
 * @param clock tells the time
 */
public record DockerParts(
    DockerApi api, AppProgram program, String version, BucketMaker buckets, InstantSource clock) {
  /** The application's image, built on the one that the site's entry runs. */
  AppImage appImage(Layout layout) {
    return new AppImage(api, version, program, DockerSite.images(layout).of("entry").reference());
  }
}
