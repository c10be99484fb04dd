package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.testing.TestClient;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadIT {
  private static final byte[] ARCHIVE = MediaSite.pages(200_000, 42);
  private static final String SHA = Sha256.of(ARCHIVE).hex();
  private static final String TAG = '"' + SHA + '"';

  private static MediaSite site;
  private static TestClient ada;
  private static TestClient carl;
  private static UUID nano;
  private static String path;

  @BeforeAll
  static void start() {
    site = new MediaSite();
    ada = site.person("ada", Role.CREATOR);
    carl = site.person("carl", Role.CONSUMER);
    nano = site.published(ada, ARCHIVE, "Knoten binden");
    path = "nanos/" + nano + "/versions/1.0.0/";
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void thePackageComesWithAllThatIsKnownOfIt() {
    TestClient.Reply reply = carl.get(path + "download");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().body()).isEqualTo(ARCHIVE);
    assertThat(reply.header("Content-Type")).isEqualTo("application/zip");
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(ARCHIVE.length));
    assertThat(reply.header("ETag")).isEqualTo(TAG);
    assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(reply.header("Repr-Digest"))
        .isEqualTo("sha-256=:" + Sha256.of(ARCHIVE).base64() + ":");
    assertThat(reply.header("Content-Disposition"))
        .startsWith("attachment; filename=\"knoten-binden-")
        .contains(".zip\"; filename*=UTF-8''knoten-binden-");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0",
    "bytes=0-99",
    "bytes=100-65535",
    "bytes=65536-131071",
    "bytes=200000-",
    "bytes=-1",
    "bytes=-5000",
    "bytes=12345-12345",
    "bytes=1-9999999"
  })
  void aRangeIsByteExact(String range) {
    TestClient.Reply reply = carl.get(path + "download", Map.of("Range", range));
    assertThat(reply.status()).isEqualTo(206);
    String[] where = reply.header("Content-Range").split("[ /-]", -1);
    int first = Integer.parseInt(where[1]);
    int last = Integer.parseInt(where[2]);
    assertThat(where[3]).isEqualTo(Integer.toString(ARCHIVE.length));
    assertThat(reply.raw().body()).isEqualTo(Arrays.copyOfRange(ARCHIVE, first, last + 1));
    assertThat(reply.header("ETag")).isEqualTo(TAG);
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(last - first + 1));
  }

  @Test
  void aDownloadThatBrokeOffIsContinued() {
    byte[] whole = new byte[ARCHIVE.length];
    int at = 0;
    for (int piece : new int[] {1, 1000, 70_000, 65_536, Integer.MAX_VALUE}) {
      long last = Math.min(ARCHIVE.length - 1L, (long) at + piece - 1);
      Map<String, String> wanted = Map.of("Range", "bytes=" + at + "-" + last, "If-Range", TAG);
      TestClient.Reply reply = carl.get(path + "download", wanted);
      assertThat(reply.status()).isEqualTo(206);
      byte[] some = reply.raw().body();
      System.arraycopy(some, 0, whole, at, some.length);
      at += some.length;
    }
    assertThat(whole).isEqualTo(ARCHIVE);
  }

  @Test
  void aRangeOfAnotherFileGivesTheWhole() {
    Map<String, String> wanted = Map.of("Range", "bytes=0-9", "If-Range", "\"other\"");
    TestClient.Reply reply = carl.get(path + "download", wanted);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().body()).hasSize(ARCHIVE.length);
  }

  @Test
  void aRangeBehindTheEndIsRefusedWithTheSize() {
    Map<String, String> wanted = Map.of("Range", "bytes=" + ARCHIVE.length + "-");
    TestClient.Reply reply = carl.get(path + "download", wanted);
    assertThat(reply.status()).isEqualTo(416);
    assertThat(reply.code()).isEqualTo("RANGE_NOT_SATISFIABLE");
    assertThat(reply.header("Content-Range")).isEqualTo("bytes */" + ARCHIVE.length);
  }

  @Test
  void severalRangesGiveTheWhole() {
    TestClient.Reply reply = carl.get(path + "download", Map.of("Range", "bytes=0-1,5-6"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().body()).isEqualTo(ARCHIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "W/"})
  void whoHasItAlreadyGetsNothing(String weak) {
    TestClient.Reply reply = carl.get(path + "download", Map.of("If-None-Match", weak + TAG));
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("ETag")).isEqualTo(TAG);
    assertThat(reply.raw().body()).isEmpty();
  }

  @Test
  void headTellsTheSameWithoutTheBytesAndIgnoresRanges() {
    TestClient.Reply reply = carl.call("HEAD", path + "download");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(ARCHIVE.length));
    assertThat(reply.header("ETag")).isEqualTo(TAG);
    assertThat(reply.raw().body()).isEmpty();
    carl.with("Range", "bytes=0-9");
    assertThat(carl.call("HEAD", path + "download").status()).isEqualTo(200);
    carl.with("Range", "");
  }

  private static long downloads() {
    return site.server()
        .database()
        .jdbi()
        .withHandle(tx ->
            tx.select("SELECT downloads FROM nano WHERE id = ?", nano).mapTo(Long.class).one());
  }

  @Test
  void aDownloadCountsOnceHoweverManyPiecesItTook() {
    long before = downloads();
    carl.get(path + "download", Map.of("Range", "bytes=0-999"));
    carl.get(path + "download", Map.of("Range", "bytes=1000-"));
    carl.call("HEAD", path + "download");
    carl.get(path + "download", Map.of("If-None-Match", TAG));
    assertThat(downloads()).isEqualTo(before + 1);
  }

  @Test
  void whoMayHaveWhatIsObserved() {
    TestClient guest = site.server().client();
    assertThat(guest.get(path + "download").code()).isEqualTo("UNAUTHORIZED");
    assertThat(guest.get(path + "files").status()).isEqualTo(200);
    UUID hidden = MediaSite.draft(ada, "Noch geheim");
    MediaSite.version(ada, hidden, MediaSite.upload(ada, ARCHIVE, 1 << 20), "0.1.0");
    String secret = "nanos/" + hidden + "/versions/0.1.0/";
    for (String what : List.of("download", "files", "validation")) {
      assertThat(guest.get(secret + what).status()).as(what).isEqualTo(404);
      assertThat(carl.get(secret + what).status()).as(what).isEqualTo(404);
      assertThat(ada.get(secret + what).status()).as(what).isEqualTo(200);
    }
    assertThat(carl.call("POST", secret + "preview-ticket").status()).isEqualTo(404);
    assertThat(guest.call("POST", secret + "preview-ticket").status()).isEqualTo(404);
    assertThat(carl.get("nanos/" + nano + "/versions/9.9.9/download").status()).isEqualTo(404);
  }

  @Test
  void theReportAndTheFilesAreThere() {
    JsonObject report = carl.get(path + "validation").data();
    assertThat(report.text("sha256")).hasValue(SHA);
    assertThat(report.bool("ok")).hasValue(true);
    assertThat(carl.get(path + "files").list().objects().map(f -> f.text("path").orElseThrow()))
        .containsExactly("bilder/ä b.png", "index.html");
  }

  private static String ticket() {
    TestClient.Reply reply = carl.call("POST", path + "preview-ticket");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    String url = reply.data().text("url").orElseThrow();
    assertThat(url).matches("/preview/[A-Za-z0-9_-]{32}/index\\.html");
    return url;
  }

  @Test
  void guestsLookIntoWhatIsFreeAndShareATicketForAWhile() {
    try (MediaSite other = new MediaSite()) {
      TestClient creator = other.person("ida", Role.CREATOR);
      UUID open = other.published(creator, ARCHIVE, "Offen");
      String ask = "nanos/" + open + "/versions/latest/preview-ticket";
      TestClient guest = other.server().client();
      JsonObject first = guest.call("POST", ask).data();
      String url = first.text("url").orElseThrow();
      assertThat(guest.get(url).text()).contains("Knoten binden");
      assertThat(guest.call("POST", ask).data()).isEqualTo(first);
      other.clock().advance(Duration.ofMinutes(6));
      String next = guest.call("POST", ask).data().text("url").orElseThrow();
      assertThat(next).isNotEqualTo(url);
      assertThat(guest.get(url).status()).as("good for its ten minutes").isEqualTo(200);
      other
          .server()
          .database()
          .jdbi()
          .useHandle(tx -> tx.execute("UPDATE nano SET exchange = 'swap'"));
      assertThat(guest.call("POST", ask).code()).isEqualTo("UNAUTHORIZED");
    }
  }

  @Test
  void aPreviewShowsThePageOnAnOriginOfItsOwn() {
    String url = ticket();
    TestClient.Reply page = site.server().client().get(url);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("Knoten binden");
    assertThat(page.header("Content-Type")).isEqualTo("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("sandbox allow-scripts; default-src 'self'")
        .doesNotContain("allow-same-origin");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.raw().headers().allValues("Referrer-Policy").getLast())
        .isEqualTo("no-referrer");
    assertThat(page.raw().headers().allValues("Set-Cookie")).isEmpty();
    String picture = url.replace("index.html", "bilder/%C3%A4%20b.png");
    TestClient.Reply image = site.server().client().get(picture);
    assertThat(image.header("Content-Type")).isEqualTo("image/png");
    assertThat(image.raw().body()).hasSize(200_000);
    TestClient.Reply part = site.server().client().get(picture, Map.of("Range", "bytes=1000-1999"));
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.raw().body()).isEqualTo(Arrays.copyOfRange(image.raw().body(), 1000, 2000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"missing.html", "bilder", "bilder/", "..%2F..%2Fetc%2Fpasswd", "INDEX.html"})
  void aPreviewShowsNothingElse(String file) {
    String url = ticket().replace("index.html", file);
    assertThat(site.server().client().get(url).status()).isBetween(400, 404);
  }

  @Test
  void aTicketIsNeitherGuessedNorEternal() {
    TestClient guest = site.server().client();
    assertThat(guest.get("/preview/" + "A".repeat(32) + "/index.html").status()).isEqualTo(404);
    assertThat(guest.get("/preview/x/index.html").status()).isEqualTo(404);
    try (MediaSite other = new MediaSite()) {
      TestClient creator = other.person("ida", Role.CREATOR);
      UUID draft = other.published(creator, ARCHIVE, "Vergänglich");
      String url =
          creator
              .call("POST", "nanos/" + draft + "/versions/1.0.0/preview-ticket")
              .data()
              .text("url")
              .orElseThrow();
      assertThat(URI.create(url).getPath()).isEqualTo(url);
      assertThat(other.server().client().get(url).status()).isEqualTo(200);
      other.clock().advance(Duration.ofMinutes(11));
      assertThat(other.server().client().get(url).status()).isEqualTo(410);
    }
  }

  @Test
  void noTicketIsStoredAsItIs() {
    String token = ticket().split("/", -1)[2];
    long known =
        site.server()
            .database()
            .jdbi()
            .withHandle(tx ->
                tx.select(
                        "SELECT count(*) FROM preview_ticket WHERE token_sha256 = ?",
                        Sha256.of(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex())
                    .mapTo(Long.class)
                    .one());
    assertThat(known).isEqualTo(1);
  }
}
