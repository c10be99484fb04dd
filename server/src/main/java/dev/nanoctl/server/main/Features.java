package dev.nanoctl.server.main;

import dev.nanoctl.server.account.AccountAdminRoutes;
import dev.nanoctl.server.account.AccountRoutes;
import dev.nanoctl.server.account.Accounts;
import dev.nanoctl.server.account.Registrations;
import dev.nanoctl.server.account.SignInRoutes;
import dev.nanoctl.server.account.SignIns;
import dev.nanoctl.server.audit.AuditRoutes;
import dev.nanoctl.server.audit.AuditTrail;
import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.http.Authentication;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Readiness;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.job.JobRoutes;
import dev.nanoctl.server.job.JobRunner;
import dev.nanoctl.server.media.Media;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.media.store.ObjectStoreProblem;
import dev.nanoctl.server.nano.Catalogue;
import dev.nanoctl.server.nano.NanoPurge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Puts the features together: their services, routes, chores and subscriptions. */
final class Features {
  private final SignIns signIns;
  private final AuditTrail trail;
  private final Market market;
  private final NanoPurge purge;
  private final ObjectStore objects;
  private final boolean folder;
  private final Media media;
  private final List<Endpoint> endpoints;

  Features(Platform platform, ServerConfig config, AnswerCache cache) {
    signIns = new SignIns(platform.jdbi(), platform.audit(), platform.clock(), platform.ids());
    trail = new AuditTrail(platform.jdbi());
    Accounts accounts =
        new Accounts(platform.jdbi(), platform.audit(), platform.clock(), platform.ids());
    market = new Market(platform, cache);
    Registrations registrations =
        new Registrations(
            platform.jdbi(),
            platform.audit(),
            platform.clock(),
            platform.ids(),
            signIns,
            market.looks()::creatorChanged);
    purge =
        new NanoPurge(
            platform.jdbi(), platform.audit(), platform.clock(), NanoPurge.Retention.standard());
    objects = config.objects().open();
    folder = config.objects() instanceof ObjectsConfig.Directory;
    media =
        new Media(
            platform.media(Scanners.of(config.clamd())),
            objects,
            market.versions(),
            config.objects().work());
    List<Routes> routes =
        List.of(
            new SignInRoutes(signIns, registrations, config.site()),
            new AccountRoutes(registrations, signIns, accounts),
            new AccountAdminRoutes(accounts),
            new AuditRoutes(platform.jdbi(), platform.audit(), trail),
            new JobRoutes(platform.jobs()),
            media);
    endpoints =
        Stream.concat(
                routes.stream().flatMap(one -> one.endpoints().stream()),
                market.endpoints(platform, config.listener().publicUrl()).stream())
            .toList();
  }

  Authentication authentication() {
    return signIns;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  Catalogue catalogue() {
    return market.catalogue();
  }

  /** What must answer for the server to be ready. */
  void watch(Readiness readiness, PrometheusRegistry metrics) {
    // a look writes a file or goes over the network: the second answer is of the same one
    var seen = new AtomicReference<Optional<ObjectStoreProblem>>(Optional.empty());
    readiness.vital(
        "objects",
        () -> {
          Optional<ObjectStoreProblem> lack = objectsLack();
          seen.set(lack);
          return lack.isEmpty() || lack.get().isReadable();
        });
    readiness.useful("uploads", () -> seen.get().isEmpty());
    if (folder) {
      GaugeWithCallback.builder()
          .name("objects_writable")
          .help("Whether packages can be stored: 1 or 0.")
          .callback(value -> value.call(objectsLack().isEmpty() ? 1 : 0))
          .register(metrics);
    }
  }

  private Optional<ObjectStoreProblem> objectsLack() {
    try {
      objects.check();
      return Optional.empty();
    } catch (ObjectStoreException e) {
      return Optional.of(e.problem());
    }
  }

  void chores(JobRunner runner) {
    runner.every(Duration.ofMinutes(15), "media-sweep", media::clean);
    runner.every(Duration.ofHours(6), "media-orphans", media::removeOrphans);
    runner.every(Duration.ofHours(1), "nano-purge", purge::run);
    runner.every(Duration.ofSeconds(1), "audit-seal", trail::seal);
    runner.every(Duration.ofHours(1), "sign-in-sweep", signIns::sweep);
  }
}
