package dev.nanoctl.server.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class UploadIT {
  private static MediaSite site;
  private static TestClient ada;

  @BeforeAll
  static void start() {
    site = new MediaSite();
    ada = site.person("ada", Role.CREATOR);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static long count(String sql, Object... values) {
    return site.server()
        .database()
        .jdbi()
        .withHandle(tx -> tx.select(sql, values).mapTo(Long.class).one());
  }

  private static String offset(UUID upload) {
    return ada.call("HEAD", "uploads/" + upload).header("Upload-Offset");
  }

  @Test
  void anUploadInPiecesBecomesAVersion() {
    byte[] archive = MediaSite.pages(50_000, 1);
    UUID nano = MediaSite.draft(ada, "Knoten binden");
    UUID upload = MediaSite.upload(ada, archive, 7_001);
    assertThat(offset(upload)).isEqualTo(Integer.toString(archive.length));
    JsonObject job = MediaSite.version(ada, nano, upload, "1.0.0");
    assertThat(job.text("state")).as(job.toString()).hasValue("done");
    JsonObject report = job.object("result").orElseThrow();
    assertThat(report.bool("ok")).hasValue(true);
    assertThat(report.text("kind")).hasValue("html");
    assertThat(report.text("sha256")).hasValue(Sha256.of(archive).hex());
    assertThat(report.object("metadata").orElseThrow().text("title")).hasValue("Knoten");
    TestClient.Reply again =
        ada.post(
            "nanos/" + nano + "/versions",
            "{\"upload_id\": \"%s\", \"semver\": \"1.0.0\"}".formatted(upload));
    assertThat(again.code()).isEqualTo("VERSION_EXISTS");
    assertThat(ada.get("nanos/" + nano + "/versions/1.0.0/download").raw().body())
        .isEqualTo(archive);
  }

  @Test
  void theSamePackageIsStoredOnce() {
    byte[] archive = MediaSite.pages(1000, 2);
    for (String title : List.of("Erstes Nano", "Zweites Nano")) {
      UUID nano = MediaSite.draft(ada, title);
      JsonObject job =
          MediaSite.version(ada, nano, MediaSite.upload(ada, archive, 1 << 20), "1.0.0");
      assertThat(job.text("state")).hasValue("done");
    }
    assertThat(count("SELECT count(*) FROM package WHERE sha256 = ?", Sha256.of(archive).hex()))
        .isEqualTo(1);
  }

  @Test
  void anOffsetElsewhereIsToldAndChangesNothing() {
    UUID upload = MediaSite.announce(ada, 100);
    assertThat(MediaSite.append(ada, upload, 0, new byte[40]).status()).isEqualTo(204);
    for (long wrong : new long[] {0, 39, 41, 100}) {
      TestClient.Reply reply = MediaSite.append(ada, upload, wrong, new byte[10]);
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.code()).isEqualTo("CONFLICT");
      assertThat(reply.text()).contains("\"offset\":40");
    }
    assertThat(offset(upload)).isEqualTo("40");
  }

  @Test
  void moreThanAnnouncedIsRefused() {
    UUID upload = MediaSite.announce(ada, 100);
    assertThat(MediaSite.append(ada, upload, 0, new byte[101]).code())
        .isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(offset(upload)).isEqualTo("0");
    assertThat(ada.post("uploads", "{\"length\": 104857601, \"filename\": \"x\"}").code())
        .isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(ada.post("uploads", "{\"length\": 0, \"filename\": \"\"}").fields())
        .containsOnlyKeys("length", "filename");
  }

  @Test
  void anotherTypeOrNoOffsetIsRefused() {
    UUID upload = MediaSite.announce(ada, 100);
    assertThat(
            ada.bytes(
                    "PATCH",
                    "uploads/" + upload,
                    new byte[1],
                    Map.of("Upload-Offset", "0", "Content-Type", "application/zip"))
                .status())
        .isEqualTo(415);
    for (String wrong : List.of("-1", "x", "1e3", "9999999999999999999")) {
      assertThat(
              ada.bytes(
                      "PATCH",
                      "uploads/" + upload,
                      new byte[1],
                      Map.of("Upload-Offset", wrong, "Content-Type", MediaSite.CHUNK))
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void nobodyElseSeesAnUpload() {
    UUID upload = MediaSite.announce(ada, 100);
    TestClient eve = site.person("eve", Role.CREATOR);
    assertThat(eve.call("HEAD", "uploads/" + upload).status()).isEqualTo(404);
    assertThat(MediaSite.append(eve, upload, 0, new byte[1]).status()).isEqualTo(404);
    assertThat(eve.call("POST", "uploads/" + upload + "/validate").status()).isEqualTo(404);
    assertThat(site.server().client().call("HEAD", "uploads/" + upload).status()).isEqualTo(401);
    TestClient consumer = site.person("carl", Role.CONSUMER);
    assertThat(consumer.post("uploads", "{\"length\": 1, \"filename\": \"x\"}").status())
        .isEqualTo(403);
  }

  @Test
  void anUnfinishedUploadIsNotValidated() {
    UUID upload = MediaSite.announce(ada, 100);
    assertThat(ada.call("POST", "uploads/" + upload + "/validate").code()).isEqualTo("CONFLICT");
  }

  @Test
  void whatArrivedBeforeTheLineWentDeadIsKept() throws IOException {
    byte[] archive = MediaSite.pages(20_000, 3);
    UUID upload = MediaSite.announce(ada, archive.length);
    breakOff(upload, archive, 8_000);
    await().atMost(Duration.ofSeconds(10)).until(() -> !offset(upload).equals("0"));
    int kept = Integer.parseInt(offset(upload));
    assertThat(kept).isBetween(1, 8_000);
    byte[] rest = Arrays.copyOfRange(archive, kept, archive.length);
    assertThat(MediaSite.append(ada, upload, kept, rest).status()).isEqualTo(204);
    JsonObject job = MediaSite.ended(ada, ada.call("POST", "uploads/" + upload + "/validate"));
    assertThat(job.object("result").orElseThrow().text("sha256"))
        .hasValue(Sha256.of(archive).hex());
  }

  /** Sends some bytes of a body and closes the connection. */
  private static void breakOff(UUID upload, byte[] archive, int bytes) throws IOException {
    String token = MediaSite.token(site.server().client(), "ada");
    int port = site.server().url().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream()) {
      String head =
          """
          PATCH /api/v1/uploads/%s HTTP/1.1
          Host: localhost
          Authorization: %s
          Upload-Offset: 0
          Content-Type: %s
          Content-Length: %d

          """
              .formatted(upload, token, MediaSite.CHUNK, archive.length);
      out.write(head.replace("\n", "\r\n").getBytes(US_ASCII));
      out.write(archive, 0, bytes);
      out.flush();
    }
  }

  @Test
  void ofSeveralWhoContinueAtOncePreciselyOneDoes() throws Exception {
    UUID upload = MediaSite.announce(ada, 400_000);
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] mine = new byte[200_000];
      Arrays.fill(mine, (byte) i);
      clients.add(() -> MediaSite.append(ada, upload, 0, mine).status());
    }
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : threads.invokeAll(clients)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).containsOnly(204, 409);
    assertThat(answers.stream().filter(status -> status == 204)).hasSize(1);
    assertThat(offset(upload)).isEqualTo("200000");
    assertThat(count("SELECT count(*) FROM upload_chunk WHERE upload_id = ?", upload)).isEqualTo(1);
    try (Stream<Path> chunks =
        Files.list(
            site.server().config().objects().folder().resolve("objects/uploads/" + upload))) {
      assertThat(chunks).hasSize(1);
    }
  }

  @Test
  void aBadPackageIsRefusedWithItsReport() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../evil.html"));
      zip.write(1);
    }
    UUID nano = MediaSite.draft(ada, "Böses Nano");
    UUID upload = MediaSite.upload(ada, bytes.toByteArray(), 1 << 20);
    JsonObject validated =
        MediaSite.ended(ada, ada.call("POST", "uploads/" + upload + "/validate"));
    assertThat(validated.text("state")).hasValue("done");
    assertThat(validated.object("result").orElseThrow().bool("ok")).hasValue(false);
    JsonObject job = MediaSite.version(ada, nano, upload, "1.0.0");
    assertThat(job.text("state")).hasValue("failed");
    assertThat(job.object("error").orElseThrow().text("code")).hasValue("ZIP_PATH_TRAVERSAL");
    JsonObject finding =
        job.object("result")
            .orElseThrow()
            .array("findings")
            .orElseThrow()
            .objects()
            .findFirst()
            .orElseThrow();
    assertThat(finding.text("entry")).hasValue("../evil.html");
    assertThat(count("SELECT count(*) FROM nano_version WHERE nano_id = ?", nano)).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM package WHERE sha256 = ?",
                Sha256.of(bytes.toByteArray()).hex()))
        .isZero();
  }

  @Test
  void bytesThatAreNotThoseAnnouncedAreRefused() {
    byte[] archive = MediaSite.pages(10, 5);
    TestClient.Reply reply =
        ada.post(
            "uploads",
            "{\"length\": %d, \"filename\": \"x.zip\", \"sha256\": \"%s\"}"
                .formatted(archive.length, "0".repeat(64)));
    UUID upload = UUID.fromString(reply.data().text("id").orElseThrow());
    MediaSite.append(ada, upload, 0, archive);
    JsonObject job = MediaSite.ended(ada, ada.call("POST", "uploads/" + upload + "/validate"));
    assertThat(job.object("error").orElseThrow().text("code")).hasValue("DIGEST_MISMATCH");
  }

  @Test
  void anUploadExpiresAndItsBytesGo() throws IOException {
    try (MediaSite other = new MediaSite()) {
      TestClient creator = other.person("ida", Role.CREATOR);
      UUID upload = MediaSite.announce(creator, 100);
      MediaSite.append(creator, upload, 0, new byte[50]);
      Path chunks = other.server().config().objects().folder().resolve("objects/uploads/" + upload);
      assertThat(chunks).isNotEmptyDirectory();
      Uploads uploads =
          new Uploads(
              other.server().database().jdbi(),
              dev.nanoctl.server.media.store.DirectoryObjectStore.open(
                  other.server().config().objects().folder()),
              other.clock(),
              UUID::randomUUID);
      assertThat(uploads.removeExpired()).isZero();
      other.clock().advance(Duration.ofHours(25));
      MediaSite.signIn(creator, "ida");
      assertThat(creator.call("HEAD", "uploads/" + upload).status()).isEqualTo(410);
      assertThat(MediaSite.append(creator, upload, 50, new byte[50]).status()).isEqualTo(410);
      assertThat(uploads.removeExpired()).isEqualTo(1);
      assertThat(chunks).doesNotExist();
      assertThat(creator.call("HEAD", "uploads/" + upload).status()).isEqualTo(404);
    }
  }
}
