package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The endpoints that show versions; new ones come in with their package. */
public final class VersionRoutes implements Routes {
  private static final Schema.Fields FORM =
      Schema.object().required("changelog", Schema.nullable(Schema.text(0, 1000)));

  private final Jdbi jdbi;
  private final NanoVersions versions;

  /** The endpoints of these versions. */
  public VersionRoutes(Jdbi jdbi, NanoVersions versions) {
    this.jdbi = jdbi;
    this.versions = versions;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("nanos/{id}/versions")
            .summary("The versions of a Nano, the newest first")
            .answers(200, Schema.list(NanoSchemas.VERSION))
            .errors(ApiError.NOT_FOUND)
            .handle(this::list),
        Endpoint.get("nanos/{id}/versions/{version}")
            .summary("One version; `latest` is the published one")
            .answers(200, NanoSchemas.VERSION)
            .errors(ApiError.NOT_FOUND)
            .handle(this::show),
        Endpoint.patch("nanos/{id}/versions/{version}")
            .summary("Change what is said about a version that is not approved yet")
            .access(Access.USER)
            .body(FORM)
            .answers(200, NanoSchemas.VERSION)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(this::change));
  }

  private Answer list(Call call) {
    UUID id = call.uuid("id");
    @Nullable Principal who = call.findPrincipal().orElse(null);
    List<String> all = jdbi.withHandle(tx -> versions.list(tx, who, id));
    return Answer.ok(json -> json.array(all, JsonWriter::raw));
  }

  private Answer show(Call call) {
    UUID id = call.uuid("id");
    @Nullable Principal who = call.findPrincipal().orElse(null);
    String version = jdbi.withHandle(tx -> versions.shown(tx, who, id, call.path("version")));
    return Answer.ok(json -> json.raw(version));
  }

  private Answer change(Call call) {
    UUID id = call.uuid("id");
    Caller caller = Caller.of(call);
    @Nullable String changelog = call.body().findText("changelog").orElse(null);
    String version =
        jdbi.inTransaction(tx -> {
          versions.changelog(tx, caller, id, call.path("version"), changelog);
          return versions.shown(tx, caller.who(), id, call.path("version"));
        });
    return Answer.ok(json -> json.raw(version));
  }
}
