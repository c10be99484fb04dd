package dev.nanoctl.cli.trial;

import dev.nanoctl.cli.trial.FrontDoor.Answer;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.account.TrialAccounts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a creator, a moderator and guests do with one nano. It is unlisted, so that no list and no
 * feed shows it, but for the moment in which search has to find it.
 */
final class Journey {
  /** Ids of what was made. */
  record Made(Optional<String> nano, Optional<String> upload) {}

  private static final String API = "/api/v1/";
  private static final String VERSION = "1.0.0";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final FrontDoor door;
  private final TrialPackage pack;
  private List<TrialAccounts.Made> people = List.of();
  private @Nullable Secret creator;
  private @Nullable Secret moderator;
  private @Nullable String nano;
  private @Nullable String upload;

  /** Through that door, with that package. */
  Journey(FrontDoor door, TrialPackage pack) {
    this.door = door;
    this.pack = pack;
  }

  /** Who goes. */
  void people(TrialAccounts.Made asCreator, TrialAccounts.Made asModerator) {
    people = List.of(asCreator, asModerator);
  }

  /** Both sign in with their passwords. */
  String signIn() throws InterruptedException {
    creator = signIn(people.getFirst());
    moderator = signIn(people.getLast());
    return "creator and moderator";
  }

  private Secret signIn(TrialAccounts.Made who) throws InterruptedException {
    return door.signIn(who.account().email(), who.password());
  }

  /** The creator describes a nano, and uploads its package in two pieces. */
  String upload() throws InterruptedException {
    String category =
        door.get(API + "categories")
            .require(200)
            .whole()
            .array("data")
            .flatMap(all -> all.objects().findFirst())
            .flatMap(first -> first.text("slug"))
            .orElseThrow(() -> FrontDoor.failed("there is no topic to file a nano under").raise());
    nano = post("nanos", creator, form(category)).require(201).text("id");
    byte[] bytes = pack.bytes();
    JsonObject announced =
        JsonObject.builder()
            .put("filename", "selbsttest.zip")
            .put("length", bytes.length)
            .put("sha256", pack.sha256().hex())
            .build();
    upload = post("uploads", creator, announced).require(201).text("id");
    int half = bytes.length / 2;
    String path = API + "uploads/" + upload;
    door.append(path, token(creator), 0, Arrays.copyOf(bytes, half)).require(204);
    door.append(path, token(creator), half, Arrays.copyOfRange(bytes, half, bytes.length))
        .require(204);
    return "%,d bytes in two pieces".formatted(bytes.length);
  }

  private JsonObject form(String category) {
    return JsonObject.builder()
        .put("title", "Selbsttest von nanoctl, gleich wieder fort: " + pack.word())
        .put("description", "Dieses Nano prüft, ob alles geht. Es wird gleich gelöscht.")
        .put("duration_minutes", 1)
        .put("level", 1)
        .put("language", "de")
        .put("categories", JsonArray.ofTexts(List.of(category)))
        .put("licence", "CC0-1.0")
        .put("visibility", "unlisted")
        .put("rights_confirmed", true)
        .build();
  }

  /** The package is validated and becomes a version. */
  String validate() throws InterruptedException {
    JsonObject version =
        JsonObject.builder().put("upload_id", upload).put("semver", VERSION).build();
    String job = post("nanos/" + nano + "/versions", creator, version).require(202).text("job_id");
    Answer state = await("jobs/" + job, creator, answer -> isOver(answer.text("state")));
    if (!state.text("state").equals("done")) {
      String why =
          state
              .data()
              .object("error")
              .map(error -> error.text("code").orElse("") + ", " + error.text("message").orElse(""))
              .orElse("no reason given");
      throw FrontDoor.failed("the package did not become a version: " + why).raise();
    }
    return "";
  }

  private static boolean isOver(String state) {
    return state.equals("done") || state.equals("failed");
  }

  /** The creator hands the nano in, the moderator approves it, and guests can open it. */
  String review() throws InterruptedException {
    post("nanos/" + nano + "/submit", creator, JsonObject.EMPTY).require(200);
    JsonObject approval = JsonObject.builder().put("decision", "approve").build();
    post("moderation/" + findCase() + "/decision", moderator, approval).require(200);
    await("nanos/" + nano, null, answer -> answer.status() == 200);
    return "approved, with a link that guests can open";
  }

  private String findCase() throws InterruptedException {
    for (int page = 1; ; page++) {
      Answer queue =
          door.get(
                  API + "moderation/queue?status=open&kind=review&limit=100&page=" + page,
                  token(moderator))
              .require(200);
      JsonArray cases = queue.whole().array("data").orElseThrow(() -> queue.missing("data"));
      Optional<String> found =
          cases
              .objects()
              .filter(one ->
                  one.object("nano").flatMap(about -> about.text("id")).equals(Optional.of(id())))
              .findFirst()
              .flatMap(one -> one.text("id"));
      if (found.isPresent()) {
        return found.get();
      }
      if (cases.size() == 0) {
        throw FrontDoor.failed("the nano is not in the queue of reviews").raise();
      }
    }
  }

  /** Guests find it by search, for the moment in which it is public. */
  String search() throws InterruptedException {
    show("public");
    await(searching(), null, answer -> answer.lists(id()));
    show("unlisted");
    return "as a guest";
  }

  private void show(String visibility) throws InterruptedException {
    JsonObject change = JsonObject.builder().put("visibility", visibility).build();
    door.send("PATCH", API + "nanos/" + nano, token(creator), change).require(200);
  }

  private String searching() {
    return "search?q=" + pack.word();
  }

  /** Somebody else downloads the package, which is the one that was uploaded. */
  String download() throws InterruptedException {
    Answer answer =
        door.get(API + "nanos/" + nano + "/versions/" + VERSION + "/download", token(moderator))
            .require(200);
    if (!Arrays.equals(answer.body(), pack.bytes())) {
      throw FrontDoor.failed(
              "the download has %d bytes and is not the upload of %d bytes"
                  .formatted(answer.body().length, pack.bytes().length))
          .raise();
    }
    return "byte for byte";
  }

  /** The creator takes the nano from the shelf and deletes it. */
  String delete() throws InterruptedException {
    post("nanos/" + nano + "/archive", creator, JsonObject.EMPTY).require(200);
    door.send("DELETE", API + "nanos/" + nano, token(creator), JsonObject.EMPTY).require(200);
    return "";
  }

  /** Nothing answers with it any more, and neither account is let in. */
  void requireGone() throws InterruptedException {
    await("nanos/" + nano, null, answer -> answer.status() == 404);
    await(searching(), null, answer -> !answer.lists(id()));
    await("nanos?sort=newest&limit=20", null, answer -> !answer.lists(id()));
    await("auth/me", creator, answer -> answer.status() == 401);
    await("auth/me", moderator, answer -> answer.status() == 401);
  }

  private interface Condition {
    boolean holds(Answer answer);
  }

  /** Asks until it is so; what never is so is a problem. */
  private Answer await(String path, @Nullable Secret who, Condition condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Answer answer = who == null ? door.get(API + path) : door.get(API + path, who);
      if (condition.holds(answer)) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw FrontDoor.failed(
                "%s was answered with %d, and not as it should within %d s"
                    .formatted(answer.asked(), answer.status(), PATIENCE.toSeconds()))
            .raise();
      }
      Thread.sleep(PAUSE);
    }
  }

  private Answer post(String path, @Nullable Secret who, JsonObject body)
      throws InterruptedException {
    return door.send("POST", API + path, token(who), body);
  }

  private static Secret token(@Nullable Secret token) {
    if (token == null) {
      throw new IllegalStateException("nobody has signed in");
    }
    return token;
  }

  private String id() {
    if (nano == null) {
      throw new IllegalStateException("there is no nano yet");
    }
    return nano;
  }

  /** What was made, as far as it went: the nano, and the upload. */
  Made made() {
    return new Made(Optional.ofNullable(nano), Optional.ofNullable(upload));
  }
}
