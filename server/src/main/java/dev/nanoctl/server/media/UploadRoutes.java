package dev.nanoctl.server.media;

import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Limit;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.nano.NanoVersions;
import dev.nanoctl.server.nano.Semver;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Bytes on their way in, and what becomes of them. */
final class UploadRoutes implements Routes {
  private static final String CHUNK_TYPE = "application/offset+octet-stream";

  private final Jdbi jdbi;
  private final Uploads uploads;
  private final Jobs jobs;
  private final NanoVersions versions;

  UploadRoutes(Jdbi jdbi, Uploads uploads, Jobs jobs, NanoVersions versions) {
    this.jdbi = jdbi;
    this.uploads = uploads;
    this.jobs = jobs;
    this.versions = versions;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("uploads")
            .summary("Announce a file that will be uploaded")
            .access(Access.CREATOR)
            .limit(Limit.perHour("uploads", 20))
            .body(MediaSchemas.NEW_UPLOAD)
            .answers(201, MediaSchemas.UPLOAD)
            .errors(ApiError.PAYLOAD_TOO_LARGE)
            .handle(this::create),
        Endpoint.head("uploads/{id}")
            .summary("Where an upload stands: Upload-Offset and Upload-Length")
            .access(Access.CREATOR)
            .answersEmpty(200)
            .errors(ApiError.NOT_FOUND, ApiError.GONE)
            .handle(this::show),
        Endpoint.patch("uploads/{id}")
            .summary("Append bytes that begin at Upload-Offset")
            .access(Access.CREATOR)
            .bytes(Uploads.LARGEST + 1, CHUNK_TYPE)
            .answersEmpty(204)
            .errors(
                ApiError.NOT_FOUND, ApiError.GONE, ApiError.CONFLICT, ApiError.PAYLOAD_TOO_LARGE)
            .handle(this::append),
        Endpoint.post("uploads/{id}/validate")
            .summary("Validate an upload in a job whose result is the report")
            .access(Access.CREATOR)
            .answers(202, MediaSchemas.JOB)
            .errors(ApiError.NOT_FOUND, ApiError.GONE, ApiError.CONFLICT)
            .handle(this::validate),
        Endpoint.post("nanos/{id}/versions")
            .summary("Make an upload the next version of a nano, in a job")
            .access(Access.CREATOR)
            .body(MediaSchemas.NEW_VERSION)
            .answers(202, MediaSchemas.JOB)
            .errors(
                ApiError.NOT_FOUND,
                ApiError.GONE,
                ApiError.CONFLICT,
                ApiError.FORBIDDEN,
                ApiError.INVALID_TRANSITION,
                ApiError.VERSION_EXISTS)
            .handle(this::createVersion));
  }

  private Answer create(Call call) {
    Body body = call.body();
    Sha256 sha256 = body.findText("sha256").map(Sha256::new).orElse(null);
    Upload upload =
        uploads.create(call.principal().id(), body.text("filename"), body.number("length"), sha256);
    return Answer.created(json ->
            json.object(o ->
                o.field("id", upload.id())
                    .field("offset", upload.received())
                    .field("length", upload.length())
                    .field("expires_at", upload.expiresAt())))
        .header("Location", "/api/v1/uploads/" + upload.id());
  }

  private Answer show(Call call) {
    Upload upload = uploads.find(call.principal().id(), call.uuid("id"));
    return Answer.empty(200)
        .header("Upload-Offset", Long.toString(upload.received()))
        .header("Upload-Length", Long.toString(upload.length()))
        .header("Upload-Expires", upload.expiresAt().toString());
  }

  private Answer append(Call call) {
    long offset =
        call.header("Upload-Offset")
            .filter(text -> text.matches("[0-9]{1,18}"))
            .map(Long::parseLong)
            .orElseThrow(UploadRoutes::noOffset);
    long received =
        uploads.append(
            call.principal().id(), call.uuid("id"), offset, call.stream(), call.contentLength());
    return Answer.noContent().header("Upload-Offset", Long.toString(received));
  }

  private static ApiException noOffset() {
    return ApiException.bad(
        new FieldError(
            "Upload-Offset",
            "required",
            "Der Kopf Upload-Offset nennt, wo die Bytes beginnen.",
            "The header Upload-Offset tells where the bytes begin."));
  }

  private Answer validate(Call call) {
    UUID owner = call.principal().id();
    Upload upload = uploads.complete(owner, call.uuid("id"));
    UUID job =
        jdbi.inTransaction(
            tx -> jobs.enqueue(tx, UploadJobs.VALIDATE, UploadJobs.validation(upload.id()), owner));
    return accepted(job);
  }

  private Answer createVersion(Call call) {
    UUID nanoId = call.uuid("id");
    Body body = call.body();
    UUID owner = call.principal().id();
    UUID job =
        jdbi.inTransaction(tx -> {
          Semver semver =
              versions.requireNewVersion(tx, call.principal(), nanoId, body.text("semver"));
          Upload upload = uploads.complete(owner, UUID.fromString(body.text("upload_id")));
          return jobs.enqueue(
              tx,
              UploadJobs.PUBLISH,
              UploadJobs.version(
                  upload.id(),
                  nanoId,
                  semver,
                  body.findText("changelog").orElse(null),
                  call.principal()),
              owner);
        });
    return accepted(job);
  }

  private static Answer accepted(UUID job) {
    return Answer.accepted(json -> json.object(o -> o.field("job_id", job)));
  }
}
