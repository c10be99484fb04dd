package dev.nanoctl.server.media;

import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.media.scan.MalwareScan;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.nano.NanoVersions;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads, downloads and previews, wired together. */
public final class Media implements Routes {
  /**
   * What it is made from.
   *
   * @param jdbi the database
   * @param jobs where validation runs
   * @param audit the record of what happened
   * @param clock the time
   * @param ids new keys
   * @param scan who looks for malware
   */
  public record Parts(
      Jdbi jdbi,
      Jobs jobs,
      Audit audit,
      InstantSource clock,
      Supplier<UUID> ids,
      MalwareScan scan) {}

  private static final Logger LOG = LoggerFactory.getLogger(Media.class);

  private final Jdbi jdbi;
  private final Packages packages;
  private final Uploads uploads;
  private final Previews previews;
  private final List<Routes> routes;

  /** Media on these objects; {@code versions} says who may see what. */
  public Media(Parts parts, ObjectStore objects, NanoVersions versions, WorkFolder work) {
    this.jdbi = parts.jdbi();
    this.packages = new Packages(objects, parts.scan(), parts.clock(), parts.ids());
    this.uploads = new Uploads(jdbi, objects, parts.clock(), parts.ids());
    this.previews = new Previews(jdbi, packages, parts.clock());
    Downloads downloads = new Downloads(jdbi, versions, packages, parts.audit());
    new UploadJobs(jdbi, uploads, packages, versions, parts.audit(), work).register(parts.jobs());
    this.routes =
        List.of(
            new UploadRoutes(jdbi, uploads, parts.jobs(), versions),
            new DownloadRoutes(downloads, previews, objects));
  }

  /** The packages, for those who store some. */
  public Packages packages() {
    return packages;
  }

  @Override
  public List<Endpoint> endpoints() {
    return routes.stream().flatMap(r -> r.endpoints().stream()).toList();
  }

  /** Removes what expired; safe beside other servers. */
  public void clean() {
    int removed = uploads.removeExpired() + previews.removeExpired();
    LOG.debug("removed {} expired uploads and preview tickets", removed);
  }

  /**
   * Removes packages that no version refers to any more, and objects that have no row; safe beside
   * other servers.
   */
  public void removeOrphans() {
    LOG.debug("removed {} unused packages", packages.removeUnused(jdbi));
    LOG.debug("removed {} orphaned objects", packages.removeOrphans(jdbi));
  }
}
