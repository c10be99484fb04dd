package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.Endpoints;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.media.store.S3Settings;
import java.nio.file.Path;
import java.util.Optional;

/** Where an instance keeps its packages, made of its configuration and its secrets. */
public final class SiteObjects {
  private SiteObjects() {}

  /** The store that the configuration selects, as a process of the host reaches it. */
  public static ObjectsConfig of(Instance instance, SiteConfig config) {
    return instance.ports().engine() == Engine.DOCKER
        ? of(instance, config, Endpoints.ofHost(instance.ports()))
        : of(instance, config, config.objects().store());
  }

  /** The store of an instance with containers, reached there. */
  static ObjectsConfig of(Instance instance, SiteConfig config, Endpoints endpoints) {
    if (config.objects().store() == ObjectsKind.S3) {
      return of(instance, config, ObjectsKind.S3);
    }
    Path work = instance.layout().root().resolve("work");
    return new ObjectsConfig.Bucket(bundled(instance.layout(), endpoints, work), work);
  }

  /** The bucket of the store that an instance with containers brings along. */
  static S3Settings bundled(Layout layout, Endpoints endpoints, Path folder) {
    return settings(
        layout,
        new SiteConfig.Bucket(endpoints.objects(), "us-east-1", Endpoints.BUCKET, true, ""),
        folder);
  }

  /** The store that it does not select, where packages may have been before. */
  public static ObjectsConfig other(Instance instance, SiteConfig config) {
    return of(
        instance,
        config,
        config.objects().store() == ObjectsKind.S3 ? ObjectsKind.DIRECTORY : ObjectsKind.S3);
  }

  /** The folder that processes keep packages in. */
  public static ObjectsConfig folder(Instance instance, SiteConfig config) {
    return of(instance, config, ObjectsKind.DIRECTORY);
  }

  private static ObjectsConfig of(Instance instance, SiteConfig config, ObjectsKind kind) {
    Path folder = instance.layout().site().resolve(config.objects().directory());
    return switch (kind) {
      case DIRECTORY -> new ObjectsConfig.Directory(folder);
      case S3 -> {
        SiteConfig.Bucket bucket = config.objects().bucket().orElseThrow(() -> unset());
        yield new ObjectsConfig.Bucket(settings(instance.layout(), bucket, folder), folder);
      }
    };
  }

  /**
   * The bucket that is configured, whether it is in use already or not; without one the bucket of
   * the store that an instance with containers brings along.
   */
  public static S3Settings bucket(Instance instance, SiteConfig config) {
    Layout layout = instance.layout();
    Optional<SiteConfig.Bucket> configured = config.objects().bucket();
    return configured.isEmpty() && instance.ports().engine() == Engine.DOCKER
        ? bundled(layout, Endpoints.ofHost(instance.ports()), layout.run())
        : settings(layout, configured.orElseThrow(SiteObjects::unset), layout.run());
  }

  private static ProblemException unset() {
    return new Problem.Configuration(
            "NC-S3-UNSET",
            "no bucket is configured",
            "nanoctl config set objects.s3.endpoint URL, and objects.s3.bucket NAME")
        .raise();
  }

  /** The bucket and its keys. */
  static S3Settings settings(Layout layout, SiteConfig.Bucket bucket, Path folder) {
    return new S3Settings(
        new S3Settings.Place(
            bucket.endpoint(), bucket.region(), bucket.name(), bucket.pathStyle(), bucket.prefix()),
        new S3Settings.Keys(
            key(layout, SecretNames.S3_ACCESS).value(), key(layout, SecretNames.S3_SECRET)),
        folder.resolve("spool"));
  }

  private static Secret key(Layout layout, String name) {
    Path file = layout.secret(name);
    return KeyFile.read(
        file,
        "NC-S3-KEY",
        what -> "objects.store is s3, and " + file + ", the file of its key, " + what);
  }
}
