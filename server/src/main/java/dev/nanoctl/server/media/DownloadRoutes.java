package dev.nanoctl.server.media;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.media.pack.PackageKind;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packages of versions, to have and to look at. */
final class DownloadRoutes implements Routes {
  private static final String VERSION = "nanos/{id}/versions/{version}/";

  private final Downloads downloads;
  private final Previews previews;
  private final ObjectStore objects;

  DownloadRoutes(Downloads downloads, Previews previews, ObjectStore objects) {
    this.downloads = downloads;
    this.previews = previews;
    this.objects = objects;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(VERSION + "validation")
            .summary("What the validator found out about a version's package")
            .answers(200, MediaSchemas.REPORT)
            .errors(ApiError.NOT_FOUND)
            .handle(this::validation),
        Endpoint.get(VERSION + "files")
            .summary("The files in a version's package")
            .answers(200, Schema.list(MediaSchemas.FILE))
            .errors(ApiError.NOT_FOUND)
            .handle(this::files),
        Endpoint.get(VERSION + "download")
            .summary("A version's package; ranges, ETag and Repr-Digest as in RFC 9110 and 9530")
            .answersFile(200, "application/zip")
            .answersFile(206, "application/zip")
            .answersEmpty(304)
            .errors(
                ApiError.UNAUTHORIZED,
                ApiError.ENTITLEMENT_REQUIRED,
                ApiError.NOT_FOUND,
                ApiError.RANGE_NOT_SATISFIABLE)
            .handle(this::download),
        Endpoint.head(VERSION + "download")
            .summary("What a download would answer, without the package")
            .answersEmpty(200)
            .answersEmpty(304)
            .errors(ApiError.UNAUTHORIZED, ApiError.ENTITLEMENT_REQUIRED, ApiError.NOT_FOUND)
            .handle(this::downloadHead),
        Endpoint.post(VERSION + "preview-ticket")
            .summary("Open a version's package for looking at it, for at most ten minutes")
            .answers(201, MediaSchemas.PREVIEW)
            .errors(
                ApiError.UNAUTHORIZED,
                ApiError.ENTITLEMENT_REQUIRED,
                ApiError.NOT_FOUND,
                ApiError.CONFLICT)
            .handle(this::preview),
        Endpoint.get("/preview/{ticket}/{path*}").hidden().handle(this::previewFile));
  }

  private static @Nullable Principal who(Call call) {
    return call.findPrincipal().orElse(null);
  }

  private Answer validation(Call call) {
    String report = downloads.report(who(call), call.uuid("id"), call.path("version"));
    return Answer.ok(json -> json.raw(report));
  }

  private Answer files(Call call) {
    String report = downloads.report(who(call), call.uuid("id"), call.path("version"));
    JsonArray files = Json.parseObject(report).array("files").orElse(new JsonArray(List.of()));
    return Answer.ok(json -> json.value(files));
  }

  private Answer download(Call call) {
    Downloads.Wanted wanted = wanted(call);
    return describe(file(call, wanted).to(call), wanted);
  }

  private Answer downloadHead(Call call) {
    Downloads.Wanted wanted = wanted(call);
    return describe(file(call, wanted).toHead(call), wanted);
  }

  private Downloads.Wanted wanted(Call call) {
    return downloads.require(who(call), call.uuid("id"), call.path("version"));
  }

  /** The file; whoever begins to read it has downloaded it once. */
  private FileAnswer file(Call call, Downloads.Wanted wanted) {
    PackageRef ref = wanted.ref();
    return new FileAnswer(
        "application/zip",
        ref.size(),
        ref.sha256().hex(),
        range -> {
          if (range.first() == 0) {
            downloads.count(AuditEvent.Actor.of(call), wanted);
          }
          return objects.get(ObjectKey.ofPackage(ref.sha256()), range).stream();
        });
  }

  private static Answer describe(Answer answer, Downloads.Wanted wanted) {
    return answer
        .header("Repr-Digest", "sha-256=:" + wanted.ref().sha256().base64() + ":")
        .header("Content-Disposition", FileNames.attachment(fileName(wanted)))
        .cacheControl("private, no-cache");
  }

  private static String fileName(Downloads.Wanted wanted) {
    String extension = wanted.ref().kind() == PackageKind.H5P ? ".h5p" : ".zip";
    return wanted.access().slug() + extension;
  }

  private Answer preview(Call call) {
    Downloads.Wanted wanted =
        downloads.requireSight(who(call), call.uuid("id"), call.path("version"));
    Previews.Pass pass =
        who(call) == null ? previews.openForGuests(wanted.ref()) : previews.open(wanted.ref());
    return Answer.created(
        json -> json.object(o -> o.field("url", pass.url()).field("expires_at", pass.expiresAt())));
  }

  private Answer previewFile(Call call) {
    Answer answer = previews.file(call.path("ticket"), call.path("path")).to(call);
    PreviewPolicy.apply(answer);
    return answer;
  }
}
