package dev.nanoctl.server.search;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.broadcast.Broadcast;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.job.Job;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.nano.NanoSearchSource;
import dev.nanoctl.server.outbox.Outbox;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Searching as a part of the server: an index that follows the database, and its endpoints. */
public final class Search implements AutoCloseable {
  private final SearchIndex index;
  private final Indexing indexing;
  private final SearchRoutes routes;
  private final SearchUpkeep upkeep;
  private final IndexFollower follower;

  /**
   * What search stands on.
   *
   * @param changed is told what answers show that are no longer true
   */
  public record Ground(
      Jdbi jdbi,
      Outbox outbox,
      Jobs jobs,
      Audit audit,
      PrometheusRegistry metrics,
      Consumer<String> changed) {}

  /** Searching in this index; closing it closes the index. */
  public Search(SearchIndex index, NanoSearchSource source, Ground ground) {
    this.index = index;
    this.indexing = new Indexing(ground.jdbi(), source, index);
    SearchMetrics metrics = new SearchMetrics(ground.metrics(), index);
    this.upkeep = new SearchUpkeep(indexing, metrics);
    this.routes =
        new SearchRoutes(
            new Searches(index, metrics), ground.jdbi(), ground.jobs(), ground.audit());
    this.follower = new IndexFollower(indexing);
    index.whenChanged(() -> ground.changed().accept(SearchRoutes.TOPIC));
    ground.outbox().subscribe(NanoSearchSource.CHANGED, indexing);
    ground
        .jobs()
        .register(
            SearchRoutes.REINDEX,
            run -> {
              JsonObject result = reindex(run);
              metrics.rebuilt();
              return result;
            });
  }

  private JsonObject reindex(Job.Run run) {
    int[] shown = {-1};
    long count =
        indexing.rebuild((done, total) -> {
          int percent = total == 0 ? 100 : (int) (100 * done / total);
          if (percent / 5 > shown[0]) {
            shown[0] = percent / 5;
            run.progress("indexing", percent);
          }
        });
    return JsonObject.builder().put("indexed", count).build();
  }

  /** Every endpoint of searching. */
  public List<Endpoint> endpoints() {
    return routes.endpoints();
  }

  /** What keeps an index of this process alone up to date beside other servers. */
  public Broadcast.Reader follower() {
    return follower;
  }

  /** Begins to look after the index. */
  public void start() {
    upkeep.start();
    follower.start();
  }

  /** Whether searches find everything there is. */
  public boolean complete() {
    return index.condition().isComplete();
  }

  @Override
  public void close() {
    follower.close();
    upkeep.close();
    index.close();
  }
}
