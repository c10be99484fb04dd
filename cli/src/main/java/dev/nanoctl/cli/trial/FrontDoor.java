package dev.nanoctl.cli.trial;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The site at its own address, as its visitors reach it. */
final class FrontDoor implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int TOO_MANY = 429;
  private static final int PATIENT_TIMES = 4;
  private static final long USUAL_WAIT_SECONDS = 12;
  private static final long LONGEST_WAIT_SECONDS = 60;
  private static final String FIX = "nanoctl status, then nanoctl logs --since 5m";

  private final URI address;
  private final HttpClient client;

  /** The site at that address, trusted by that. */
  FrontDoor(URI address, SSLContext trust) {
    this.address = address;
    this.client =
        HttpClient.newBuilder()
            .sslContext(trust)
            .connectTimeout(CONNECT)
            .version(
                address.getScheme().equals("https")
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** What was answered. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(String asked, int status, byte[] body) {
    /** The same; a problem unless it has that status. */
    Answer require(int wanted) {
      if (status != wanted) {
        throw failed("%s was answered with %d%s".formatted(asked, status, reason())).raise();
      }
      return this;
    }

    private String reason() {
      return json()
          .flatMap(whole -> whole.object("error"))
          .map(error ->
              " "
                  + error.text("code").orElse("")
                  + ": "
                  + error.text("message").orElse("without a reason"))
          .orElse("");
    }

    private Optional<JsonObject> json() {
      try {
        return Json.parse(body) instanceof JsonObject whole ? Optional.of(whole) : Optional.empty();
      } catch (JsonSyntaxException _) {
        return Optional.empty();
      }
    }

    /** The whole answer. */
    JsonObject whole() {
      return json().orElseThrow(() -> failed(asked + " was answered without JSON").raise());
    }

    /** What it is about, where that is one thing. */
    JsonObject data() {
      return whole().object("data").orElseThrow(() -> missing("data"));
    }

    /** A member of {@link #data} that has to be there. */
    String text(String name) {
      return data().text(name).orElseThrow(() -> missing(name));
    }

    /** The problem that something is not in the answer. */
    ProblemException missing(String name) {
      return failed("the answer to %s lacks \"%s\"".formatted(asked, name)).raise();
    }

    /** Whether a list of things has one with that id. */
    boolean lists(String id) {
      return whole()
          .array("data")
          .map(all -> all.objects().anyMatch(one -> one.text("id").equals(Optional.of(id))))
          .orElse(false);
    }
  }

  /** Something that went otherwise than it should. */
  static Problem failed(String message) {
    return new Problem.NotWell("NC-SELF-TEST-STEP", message, FIX);
  }

  /** Asks as a guest. */
  Answer get(String path) throws InterruptedException {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** Asks as someone who is signed in. */
  Answer get(String path, Secret token) throws InterruptedException {
    return send(path, as(token).GET());
  }

  /** Sends an object as someone who is signed in. */
  Answer send(String method, String path, Secret token, JsonObject body)
      throws InterruptedException {
    return send(path, json(as(token), method, body));
  }

  /** Signs in, and answers the token that is shown from then on. */
  Secret signIn(String email, Secret password) throws InterruptedException {
    JsonObject body =
        JsonObject.builder().put("email", email).put("password", password.value()).build();
    HttpRequest.Builder request =
        json(HttpRequest.newBuilder().header("X-Auth-Mode", "bearer"), "POST", body);
    return new Secret(send("/api/v1/auth/login", request).require(200).text("access_token"));
  }

  /** Sends a piece of a file. */
  Answer append(String path, Secret token, long offset, byte[] piece) throws InterruptedException {
    return send(
        path,
        as(token)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Long.toString(offset))
            .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(piece)));
  }

  private static HttpRequest.Builder as(Secret token) {
    return HttpRequest.newBuilder().header("Authorization", "Bearer " + token.value());
  }

  private static HttpRequest.Builder json(
      HttpRequest.Builder request, String method, JsonValue body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(Json.text(body)));
  }

  /** Who comes too often is told when to come again, and does. */
  private Answer send(String path, HttpRequest.Builder request) throws InterruptedException {
    HttpRequest whole =
        request
            .uri(address.resolve(path))
            .timeout(ANSWER)
            .header("Accept-Language", "en")
            .header("User-Agent", "nanoctl self-test")
            .build();
    HttpResponse<byte[]> answer = once(whole);
    for (int i = 1; answer.statusCode() == TOO_MANY && i < PATIENT_TIMES; i++) {
      Thread.sleep(Duration.ofSeconds(pause(answer)));
      answer = once(whole);
    }
    String asked = whole.method() + " " + whole.uri().getPath();
    return new Answer(asked, answer.statusCode(), answer.body());
  }

  private static long pause(HttpResponse<byte[]> answer) {
    long wanted =
        answer
            .headers()
            .firstValue("Retry-After")
            .filter(text -> text.matches("[0-9]{1,5}"))
            .map(Long::parseLong)
            .orElse(USUAL_WAIT_SECONDS);
    return Math.clamp(wanted, 1, LONGEST_WAIT_SECONDS);
  }

  private HttpResponse<byte[]> once(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new Problem.Unavailable(
              "NC-SELF-TEST-FRONT-DOOR",
              "%s does not answer this machine: %s".formatted(address, why),
              "nanoctl status; nanoctl start")
          .raise(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
