package dev.nanoctl.server.media;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.job.Job;
import dev.nanoctl.server.job.JobFailure;
import dev.nanoctl.server.job.JobRetry;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.media.pack.Finding;
import dev.nanoctl.server.media.pack.FindingCode;
import dev.nanoctl.server.media.pack.ReportJson;
import dev.nanoctl.server.media.pack.Validation;
import dev.nanoctl.server.media.pack.ValidationReport;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoVersions;
import dev.nanoctl.server.nano.NewVersion;
import dev.nanoctl.server.nano.Semver;
import dev.nanoctl.server.nano.VersionAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What happens to an upload once all its bytes are here. */
final class UploadJobs {
  static final String VALIDATE = "upload.validate";
  static final String PUBLISH = "version.create";

  private final Jdbi jdbi;
  private final Uploads uploads;
  private final Packages packages;
  private final NanoVersions versions;
  private final Audit audit;
  private final WorkFolder work;

  UploadJobs(
      Jdbi jdbi,
      Uploads uploads,
      Packages packages,
      NanoVersions versions,
      Audit audit,
      WorkFolder work) {
    this.jdbi = jdbi;
    this.uploads = uploads;
    this.packages = packages;
    this.versions = versions;
    this.audit = audit;
    this.work = work;
  }

  void register(Jobs jobs) {
    jobs.register(VALIDATE, this::validate);
    jobs.register(PUBLISH, this::createVersion);
  }

  /** The payload of a job of {@link #VALIDATE}. */
  static JsonObject validation(UUID uploadId) {
    return JsonObject.builder().put("upload_id", uploadId.toString()).build();
  }

  /** The payload of a job of {@link #PUBLISH}. */
  static JsonObject version(
      UUID uploadId, UUID nanoId, Semver semver, @Nullable String changelog, Principal who) {
    return JsonObject.builder()
        .put("upload_id", uploadId.toString())
        .put("nano_id", nanoId.toString())
        .put("semver", semver.toString())
        .put("changelog", changelog)
        .put("username", who.username())
        .put("role", who.role().tag())
        .put("session", who.session().toString())
        .build();
  }

  private JsonObject validate(Job.Run run) throws Exception {
    return with(run, (validation, _) -> report(validation));
  }

  private JsonObject createVersion(Job.Run run) throws Exception {
    return with(
        run,
        (validation, file) -> {
          JsonObject report = report(validation);
          Caller caller = Caller.of(principal(run));
          if (!validation.report().ok()) {
            refuse(run, caller, validation.report(), report);
          }
          run.progress("store", 80);
          addVersion(run, caller, validation, file);
          uploads.used(id(run, "upload_id"));
          return report;
        });
  }

  /** Work on the assembled and validated file of an upload. */
  private interface Step {
    JsonObject run(Validation validation, Path file) throws Exception;
  }

  private JsonObject with(Job.Run run, Step step) throws Exception {
    Path file = work.newFile();
    try {
      run.progress("assemble", 10);
      Upload upload = uploads.complete(owner(run), id(run, "upload_id"));
      uploads.assemble(upload, file);
      run.progress("validate", 30);
      Validation validation = packages.validate(file);
      requireDigest(upload, validation.report().facts().sha256());
      requireScanned(validation);
      return step.run(validation, file);
    } catch (ApiException e) {
      throw new JobFailure(e.error().name(), e.message(Language.EN));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void requireDigest(Upload upload, Sha256 received) throws JobFailure {
    if (upload.sha256() != null && !upload.sha256().equals(received)) {
      throw new JobFailure(
          "DIGEST_MISMATCH", "the bytes received are not those announced; upload the file again");
    }
  }

  /** Nothing that was not looked at goes on; the scanner may be back in a moment. */
  private static void requireScanned(Validation validation) throws JobRetry {
    Optional<Finding> unseen =
        validation.report().findings().stream()
            .filter(finding -> finding.code() == FindingCode.SCAN_UNAVAILABLE)
            .findFirst();
    if (unseen.isPresent()) {
      throw new JobRetry(
          new JobFailure(unseen.get().code().name(), unseen.get().inEnglish(), report(validation)));
    }
  }

  private void refuse(Job.Run run, Caller caller, ValidationReport report, JsonObject json)
      throws JobFailure {
    Finding first =
        report.findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .findFirst()
            .orElseThrow();
    boolean infected =
        report.findings().stream().anyMatch(f -> f.code() == FindingCode.MALWARE_FOUND);
    String action = infected ? "package.infected" : "package.invalid";
    JsonObject details =
        JsonObject.builder()
            .put("sha256", report.facts().sha256().hex())
            .put("code", first.code().name())
            .build();
    String target = "nano:" + id(run, "nano_id");
    jdbi.useTransaction(
        tx -> audit.record(tx, AuditEvent.denied(caller.actor(), action, target).with(details)));
    throw new JobFailure(first.code().name(), first.inEnglish(), json);
  }

  private void addVersion(Job.Run run, Caller caller, Validation validation, Path file)
      throws IOException {
    UUID nanoId = id(run, "nano_id");
    Semver semver = Semver.of(run.payload().text("semver").orElseThrow()).orElseThrow();
    String changelog = run.payload().text("changelog").orElse(null);
    jdbi.useTransaction(tx -> {
      PackageRef ref = packages.add(tx, validation, file);
      if (isThere(tx, caller, nanoId, semver, ref)) {
        return;
      }
      versions.addVersion(tx, caller, nanoId, new NewVersion(semver, changelog, ref.id()));
      audit.record(
          tx,
          AuditEvent.done(caller.actor(), "package.upload", "nano:" + nanoId)
              .with(
                  JsonObject.builder()
                      .put("sha256", ref.sha256().hex())
                      .put("size", ref.size())
                      .build()));
    });
  }

  /** A job that is run again after a crash finds what it did before. */
  private boolean isThere(Handle tx, Caller caller, UUID nanoId, Semver semver, PackageRef ref) {
    return versions
        .versionFor(tx, caller.who(), nanoId, semver.toString())
        .map(VersionAccess::packageId)
        .filter(ref.id()::equals)
        .isPresent();
  }

  private static JsonObject report(Validation validation) {
    return Json.parseObject(Json.text(json -> ReportJson.write(json, validation.report())));
  }

  private static UUID id(Job.Run run, String name) {
    return UUID.fromString(run.payload().text(name).orElseThrow());
  }

  private static UUID owner(Job.Run run) {
    UUID owner = run.owner();
    if (owner == null) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
    return owner;
  }

  private static Principal principal(Job.Run run) {
    JsonObject payload = run.payload();
    return new Principal(
        owner(run),
        payload.text("username").orElseThrow(),
        payload.text("role").flatMap(Role::ofTag).orElseThrow(),
        id(run, "session"));
  }
}
