package dev.nanoctl.server.job;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import java.util.List;

/** Lets the owner of a job look at it. */
public final class JobRoutes implements Routes {
  private static final Schema JOB =
      Schema.named(
          "Job",
          Schema.object()
              .required("id", Schema.uuid())
              .required("kind", Schema.text())
              .required("state", Schema.choice("queued", "running", "done", "failed"))
              .optional("stage", Schema.text())
              .required("progress", Schema.integer(0, 100))
              .optional("result", Schema.any())
              .optional("error", Schema.any()));

  private final Jobs jobs;

  /** Shows the given jobs. */
  public JobRoutes(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("jobs/{id}")
            .summary("How far a job of one's own is")
            .access(Access.USER)
            .answers(200, JOB)
            .example(
                """
                {"id": "0198a4f2-7c1e-7d3a-9b55-6f0e2d1c4b3a", "kind": "package.validate",
                 "state": "running", "stage": "unpacking", "progress": 40,
                 "result": null, "error": null}
                """)
            .errors(ApiError.NOT_FOUND)
            .handle(this::show));
  }

  private Answer show(Call call) {
    JobState job =
        jobs.find(call.uuid("id"), call.principal().id())
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    return Answer.ok(json -> json.object(o -> write(o, job)));
  }

  private static void write(JsonWriter o, JobState job) {
    o.field("id", job.id())
        .field("kind", job.kind())
        .field("state", job.state())
        .field("stage", job.stage())
        .field("progress", job.progress())
        .rawField("result", job.result() == null ? "null" : job.result())
        .rawField("error", job.error() == null ? "null" : job.error());
  }
}
