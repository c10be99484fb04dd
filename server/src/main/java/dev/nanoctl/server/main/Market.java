package dev.nanoctl.server.main;

import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.category.Categories;
import dev.nanoctl.server.category.CategoryRoutes;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.moderation.Appeals;
import dev.nanoctl.server.moderation.DecisionRoutes;
import dev.nanoctl.server.moderation.ModerationRoutes;
import dev.nanoctl.server.moderation.ReviewQueue;
import dev.nanoctl.server.moderation.Reviews;
import dev.nanoctl.server.nano.Catalogue;
import dev.nanoctl.server.nano.FeedRoutes;
import dev.nanoctl.server.nano.Feeds;
import dev.nanoctl.server.nano.NanoImports;
import dev.nanoctl.server.nano.NanoLooks;
import dev.nanoctl.server.nano.NanoRatings;
import dev.nanoctl.server.nano.NanoReviews;
import dev.nanoctl.server.nano.NanoRoutes;
import dev.nanoctl.server.nano.NanoTrail;
import dev.nanoctl.server.nano.NanoVersions;
import dev.nanoctl.server.nano.Nanos;
import dev.nanoctl.server.nano.PublishedImports;
import dev.nanoctl.server.nano.VersionRoutes;
import dev.nanoctl.server.rating.RatingRoutes;
import dev.nanoctl.server.rating.Ratings;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The marketplace itself: nanos, their categories, ratings and reviews. */
public final class Market {
  private final NanoLooks looks;
  private final Catalogue catalogue;
  private final Nanos nanos;
  private final NanoVersions versions;
  private final NanoImports imports;
  private final Ratings ratings;
  private final Reviews reviews;
  private final Appeals appeals;
  private final Categories categories;

  /** A market in a tool beside a server. */
  public Market(Platform platform) {
    this(platform, null);
  }

  /** A market in a server that keeps what it has rendered. */
  Market(Platform platform, @Nullable AnswerCache cache) {
    var trail = new NanoTrail(platform.audit(), platform.outbox(), platform.changes());
    var queue = new ReviewQueue(platform.clock(), platform.ids());
    this.looks = new NanoLooks(trail);
    this.catalogue = new Catalogue(platform.jdbi(), cache);
    this.nanos = new Nanos(platform.jdbi(), trail, queue, platform.clock(), platform.ids());
    this.versions = new NanoVersions(trail, platform.clock(), platform.ids());
    this.imports = new PublishedImports(trail, platform.clock(), platform.ids());
    this.ratings =
        new Ratings(
            platform.jdbi(),
            new NanoRatings(trail),
            platform.audit(),
            platform.clock(),
            platform.ids());
    var decided = new NanoReviews(trail, platform.clock());
    this.reviews =
        new Reviews(platform.jdbi(), decided, platform.audit(), platform.clock(), platform.ids());
    this.appeals =
        new Appeals(platform.jdbi(), decided, platform.audit(), platform.clock(), platform.ids());
    this.categories =
        new Categories(
            platform.jdbi(),
            platform.audit(),
            platform.changes(),
            trail,
            platform.clock(),
            platform.ids());
  }

  /** Every endpoint of the market; feeds name addresses below the public one. */
  public List<Endpoint> endpoints(Platform platform, URI publicUrl) {
    return Stream.<Routes>of(
            new NanoRoutes(catalogue, nanos),
            new VersionRoutes(platform.jdbi(), versions),
            new RatingRoutes(ratings),
            new ModerationRoutes(reviews),
            new DecisionRoutes(appeals),
            new CategoryRoutes(categories),
            new FeedRoutes(new Feeds(platform.jdbi(), publicUrl)))
        .flatMap(routes -> routes.endpoints().stream())
        .toList();
  }

  /** What stands on nanos without being theirs. */
  NanoLooks looks() {
    return looks;
  }

  /** Reading nanos. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** What creators do. */
  public Nanos nanos() {
    return nanos;
  }

  /** The versions of nanos. */
  public NanoVersions versions() {
    return versions;
  }

  /** Publishing at once. */
  public NanoImports imports() {
    return imports;
  }

  /** Ratings of nanos. */
  public Ratings ratings() {
    return ratings;
  }

  /** The review queue. */
  public Reviews reviews() {
    return reviews;
  }

  /** The categories. */
  public Categories categories() {
    return categories;
  }
}
