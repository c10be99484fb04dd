package dev.nanoctl.cli.data;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.repo.BucketProbe;
import dev.nanoctl.backup.repo.S3Target;
import dev.nanoctl.cli.command.Upkeep;
import dev.nanoctl.cli.serve.ServerSettings;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.audit.AuditTrail;
import dev.nanoctl.server.main.Market;
import dev.nanoctl.server.media.store.ObjectCopy;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.media.store.S3Settings;
import dev.nanoctl.server.search.Reindexing;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Looks after an instance's data in its database. */
public final class SiteUpkeep implements Upkeep {
  private final SiteDatabase database;

  /** Upkeep of the databases of instances. */
  public SiteUpkeep(SiteDatabase database) {
    this.database = database;
  }

  @Override
  public long reindex(SiteFolder site, Counter counter) {
    return database.with(
        site,
        2,
        session -> {
          var platform = session.platform();
          var reindexing =
              new Reindexing(
                  platform.jdbi(),
                  platform.jobs(),
                  new Market(platform).catalogue(),
                  ServerSettings.search(session.instance()));
          return reindexing.run(counter::at);
        });
  }

  @Override
  public Copied copyObjects(SiteFolder site, Counter counter) {
    Instance instance = Instance.require(site);
    SiteConfig config = new SiteConfigFile(site.config()).load();
    try (ObjectStore from = SiteObjects.other(instance, config).open();
        ObjectStore to = SiteObjects.of(instance, config).open()) {
      ObjectCopy.Outcome outcome = new ObjectCopy(from, to).run(counter::at);
      return new Copied(outcome.copied(), outcome.present(), outcome.bytes());
    } catch (ObjectStoreException e) {
      throw new Problem.Unavailable(
              "NC-OBJECTS-UNAVAILABLE", e.problem().message(), "nanoctl doctor, then repeat it")
          .raise(e);
    }
  }

  @Override
  public Bucket probeObjects(SiteFolder site) {
    Instance instance = Instance.require(site);
    S3Settings settings = SiteObjects.bucket(instance, new SiteConfigFile(site.config()).load());
    S3Settings.Place place = settings.place();
    String where = place.endpoint() + "/" + place.bucket();
    var target =
        new S3Target(
            place.endpoint(),
            place.region(),
            place.bucket(),
            place.pathStyle(),
            place.prefix(),
            new S3Target.Account(settings.keys().access(), settings.keys().secret()));
    try (BucketProbe probe = BucketProbe.of(target)) {
      return new Bucket(where, probe.run());
    } catch (RepositoryException e) {
      throw unusable(where, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException unusable(String where, RepositoryException e) {
    Problem problem =
        switch (e.kind()) {
          case DENIED ->
              new Problem.Configuration(
                  "NC-S3-DENIED",
                  "%s refuses the keys: %s".formatted(where, e.getMessage()),
                  "compare secrets/s3-access-key and secrets/s3-secret-key with what the provider"
                      + " says");
          case MISSING ->
              new Problem.Configuration(
                  "NC-S3-BUCKET",
                  "there is no bucket " + where,
                  "make the bucket, or correct objects.s3.bucket and objects.s3.region");
          case TAKEN, DAMAGED, FULL, UNAVAILABLE ->
              new Problem.Unavailable(
                  "NC-S3-UNREACHABLE",
                  "%s does not answer: %s".formatted(where, e.getMessage()),
                  "check objects.s3.endpoint, the network and whether the store runs");
        };
    return problem.raise(e);
  }

  @Override
  public AuditCheck verifyAudit(SiteFolder site) {
    return database.with(
        site,
        1,
        session -> {
          var verdict = new AuditTrail(session.platform().jdbi()).verify();
          return new AuditCheck(verdict.checked(), verdict.firstBroken());
        });
  }
}
