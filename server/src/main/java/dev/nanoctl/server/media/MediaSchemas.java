package dev.nanoctl.server.media;

import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.media.pack.FindingCode;
import dev.nanoctl.server.media.pack.PackageKind;
import java.util.Arrays;

/** The shapes of what this feature takes and answers. */
final class MediaSchemas {
  static final Schema.Fields NEW_UPLOAD =
      Schema.object()
          .required("length", Schema.integer(1, Long.MAX_VALUE))
          .required("filename", Schema.text(1, 255))
          .optional("sha256", Schema.text(64, 64, "[0-9a-f]{64}"));

  static final Schema UPLOAD =
      Schema.named(
          "Upload",
          Schema.object()
              .required("id", Schema.uuid())
              .required("offset", Schema.count())
              .required("length", Schema.count())
              .required("expires_at", Schema.time()));

  static final Schema.Fields NEW_VERSION =
      Schema.object()
          .required("upload_id", Schema.uuid())
          .required("semver", Schema.text(1, 64))
          .optional("changelog", Schema.text(0, 1000));

  static final Schema JOB =
      Schema.named("JobReference", Schema.object().required("job_id", Schema.uuid()));

  static final Schema FILE =
      Schema.named(
          "PackageFile",
          Schema.object().required("path", Schema.text()).required("size", Schema.count()));

  private static final Schema FINDING =
      Schema.named(
          "Finding",
          Schema.object()
              .required("severity", Schema.choice("error", "warning"))
              .required(
                  "code",
                  Schema.choice(
                      Arrays.stream(FindingCode.values()).map(Enum::name).toArray(String[]::new)))
              .optional("entry", Schema.text())
              .required("rule_de", Schema.text())
              .required("rule_en", Schema.text())
              .required("remedy_de", Schema.text())
              .required("remedy_en", Schema.text()));

  private static final Schema METADATA =
      Schema.named(
          "PackageMetadata",
          Schema.object()
              .optional("title", Schema.text())
              .optional("language", Schema.text())
              .optional("licence", Schema.text())
              .required("authors", Schema.list(Schema.text()))
              .optional("description", Schema.text())
              .optional("duration_minutes", Schema.integer(1, 600)));

  static final Schema REPORT =
      Schema.named(
          "ValidationReport",
          Schema.object()
              .required("ok", Schema.bool())
              .optional(
                  "kind",
                  Schema.choice(
                      Arrays.stream(PackageKind.values())
                          .map(PackageKind::label)
                          .toArray(String[]::new)))
              .required("sha256", Schema.text())
              .required("size", Schema.count())
              .required("entries", Schema.count())
              .required("unpacked_size", Schema.count())
              .optional("launch_file", Schema.text())
              .required("findings", Schema.list(FINDING))
              .required("files", Schema.list(FILE))
              .required("metadata", METADATA));

  static final Schema PREVIEW =
      Schema.named(
          "PreviewTicket",
          Schema.object().required("url", Schema.text()).required("expires_at", Schema.time()));

  private MediaSchemas() {}
}
