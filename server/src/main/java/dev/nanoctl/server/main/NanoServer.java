package dev.nanoctl.server.main;

import dev.nanoctl.core.Ids;
import dev.nanoctl.server.broadcast.Broadcast;
import dev.nanoctl.server.broadcast.Changes;
import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.cache.EntryAnswers;
import dev.nanoctl.server.db.Database;
import dev.nanoctl.server.http.AsyncAccessLog;
import dev.nanoctl.server.http.HttpConfig;
import dev.nanoctl.server.http.HttpServer;
import dev.nanoctl.server.http.Readiness;
import dev.nanoctl.server.job.JobRunner;
import dev.nanoctl.server.outbox.OutboxDelivery;
import dev.nanoctl.server.search.Search;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server. */
public final class NanoServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NanoServer.class);
  private static final Logger ACCESS = LoggerFactory.getLogger("dev.nanoctl.access");

  /** Longer than the entry takes to ask who serves: its resolver's answers live for a second. */
  private static final Duration LINGER = Duration.ofSeconds(3);

  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final int JOB_THREADS = 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private int port;

  private NanoServer() {}

  /** Starts the server by the wall clock. */
  public static NanoServer start(ServerConfig config) {
    return start(config, InstantSource.system());
  }

  /** Starts the server by the given clock; returns once it listens. */
  public static NanoServer start(ServerConfig config, InstantSource clock) {
    NanoServer server = new NanoServer();
    try {
      server.open(config, clock);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void open(ServerConfig config, InstantSource clock) {
    StartTimes times = new StartTimes();
    Database database = add(Database.open(config.database()));
    times.mark("database");

    PrometheusRegistry metrics = new PrometheusRegistry();
    SiteMetrics.register(metrics, database, clock);
    Readiness readiness = new Readiness().vital("database", database::answers);
    SharedParts shared =
        add(SharedParts.of(config, new SharedParts.Ground(database, clock, metrics, readiness)));
    AnswerCache cache = shared.cache();
    Broadcast broadcast = shared.broadcast();
    Optional<EntryAnswers> entry = config.listener().answers().map(EntryAnswers::new);
    // who in this process hears what it changed itself, right after the commit
    List<Consumer<String>> near = new CopyOnWriteArrayList<>(List.of(cache::changed));
    entry.ifPresent(answers -> near.add(_ -> answers.changed()));
    Changes changes = new Changes(topic -> near.forEach(reader -> reader.accept(topic)), broadcast);
    Platform platform = Platform.of(database.jdbi(), clock, new Ids(clock), changes);
    times.mark("shared");
    Features features = new Features(platform, config, cache);
    Search search =
        add(
            new Search(
                config.index().open(),
                features.catalogue(),
                new Search.Ground(
                    platform.jdbi(),
                    platform.outbox(),
                    platform.jobs(),
                    platform.audit(),
                    metrics,
                    told(config, database, changes, cache))));
    readiness.useful("search", search::complete);
    features.watch(readiness, metrics);
    times.mark("features");

    OutboxDelivery delivery = add(new OutboxDelivery(database.jdbi(), platform.outbox(), clock));
    JobRunner runner = add(new JobRunner(database.jdbi(), platform.jobs(), clock));
    features.chores(runner);
    broadcast.subscribe(delivery);
    broadcast.subscribe(new CacheNews(cache));
    entry.map(EntryNews::new).ifPresent(broadcast::subscribe);
    if (config.shared() instanceof SharedConfig.ByRedis && !config.index().shared()) {
      broadcast.subscribe(search.follower());
      // another server may deliver what was changed here, into an index of its own
      near.add(search.follower()::heard);
    }
    broadcast.start();
    delivery.start();
    runner.start(database.dataSource(), NodeName.here(), JOB_THREADS);
    search.start();
    times.mark("background");

    AsyncAccessLog accessLog = add(new AsyncAccessLog(clock, ACCESS::info));
    HttpServer http =
        add(
            HttpServer.start(
                http(config),
                new HttpServer.Services(
                    database.jdbi(),
                    clock,
                    features.authentication(),
                    cache,
                    shared.limits(),
                    metrics,
                    readiness),
                accessLog,
                Stream.concat(features.endpoints().stream(), search.endpoints().stream())
                    .toList()));
    port = http.port();
    times.mark("http");
    LOG.info("listening on {}:{} after {}", config.listener().host(), port, times.total());
    LOG.debug("start-up took {}", times);
  }

  /** Who is told that searches find something else: all servers, where they share the index. */
  private static Consumer<String> told(
      ServerConfig config, Database database, Changes changes, AnswerCache cache) {
    return config.index().shared()
        ? topic -> database.jdbi().useTransaction(tx -> changes.touch(tx, topic))
        : cache::changed;
  }

  private static HttpConfig http(ServerConfig config) {
    ServerConfig.Listener listener = config.listener();
    return new HttpConfig(
        listener.host(),
        listener.port(),
        listener.tls(),
        config.site(),
        limits(config.limits()),
        new HttpConfig.Drain(
            config.shared() instanceof SharedConfig.Alone ? Duration.ZERO : LINGER, DRAIN));
  }

  private static HttpConfig.Limits limits(ServerConfig.Limits limits) {
    return new HttpConfig.Limits(limits.reads(), limits.writes(), limits.factor());
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Finishes what is under way, in reverse order of starting; takes at most about 20 seconds. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      long begin = System.nanoTime();
      try {
        part.close();
        LOG.debug(
            "closing {} took {} ms",
            part.getClass().getSimpleName(),
            (System.nanoTime() - begin) / 1_000_000);
      } catch (Exception e) {
        LOG.warn("closing {} failed", part.getClass().getSimpleName(), e);
      }
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }
}
