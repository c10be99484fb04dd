package dev.nanoctl.server.http;

import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Uploads in states in which they cannot go on. */
final class UploadStates {
  private static final String CHUNK = "application/offset+octet-stream";

  private final Jdbi jdbi;
  private final TestClient who;

  UploadStates(Jdbi jdbi, TestClient who) {
    this.jdbi = jdbi;
    this.who = who;
  }

  UUID announced() {
    Reply reply = who.post("uploads", "{\"length\": 10, \"filename\": \"x.zip\"}");
    return UUID.fromString(reply.data().text("id").orElseThrow());
  }

  UUID expired() {
    UUID upload = announced();
    jdbi.useHandle(tx ->
        tx.execute(
            "UPDATE upload SET expires_at = now() - interval '1 hour' WHERE id = ?", upload));
    return upload;
  }

  Reply append(UUID upload, int offset, int bytes) {
    return who.bytes(
        "PATCH",
        "uploads/" + upload,
        new byte[bytes],
        Map.of("Content-Type", CHUNK, "Upload-Offset", Integer.toString(offset)));
  }

  Reply validate(UUID upload) {
    return who.call("POST", "uploads/" + upload + "/validate");
  }

  Reply version(UUID nano, UUID upload, String semver) {
    return who.post(
        "nanos/" + nano + "/versions",
        "{\"upload_id\": \"%s\", \"semver\": \"%s\"}".formatted(upload, semver));
  }
}
