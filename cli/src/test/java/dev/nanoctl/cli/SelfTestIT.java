package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The self-test's way through a real instance with TLS: to its end, broken off, and in vain. */
class SelfTestIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void itGoesTheWayOfUsersAndLeavesNothingHoweverItEnds() throws Exception {
    Files.createDirectories(nanoctl.site());
    // so many sign-ins within a minute
    Files.writeString(
        nanoctl.site().resolve("nanoctl.yml"),
        """
        site: {engine: embedded}
        server: {port: %d, tls: {mode: self-signed}}
        limits: {factor: 1000}
        """
            .formatted(port));
    nanoctl.done("install", "--yes", "--no-systemd");
    brokenOffItClearsUp();
    killedItIsClearedUpByTheNext();
    refusedByTheStoreItNamesTheStep();
    whereNothingCanBeStoredIsSaidUntilItIsMended();
    assertThat(nanoctl.done("audit", "verify").status()).isZero();
  }

  private void reachesTheEnd(String accounts) throws Exception {
    JsonObject told = nanoctl.done("doctor", "--self-test", "--json").json();
    assertThat(told.bool("healthy")).contains(true);
    assertThat(steps(told))
        .allSatisfy(step -> assertThat(step.bool("ok")).as(step.toString()).contains(true))
        .extracting(step -> step.text("step").orElseThrow())
        .containsExactly(
            "made two accounts",
            "signed in",
            "uploaded a package",
            "validated it",
            "published it",
            "found it by search",
            "downloaded it",
            "deleted it",
            "removed what was made",
            "left nothing");
    assertThat(steps(told).getFirst().text("detail")).contains(accounts);
    leftNothing();
  }

  private void brokenOffItClearsUp() throws Exception {
    LaunchedNanoctl.Job job = underWay();
    job.signal("INT");
    var ended = job.end();
    assertThat(ended.status()).as(ended.toString()).isEqualTo(130);
    assertThat(ended.err()).contains("NC-INTERRUPTED: the self-test was interrupted");
    leftNothing();
  }

  private void killedItIsClearedUpByTheNext() throws Exception {
    LaunchedNanoctl.Job job = underWay();
    job.signal("KILL");
    job.end();
    assertThat(accounts()).hasSize(2);
    assertThat(objects()).isNotEmpty();
    reachesTheEnd("creator and moderator; 2 old ones removed");
  }

  private void whereNothingCanBeStoredIsSaidUntilItIsMended() throws Exception {
    Path drafts = store().resolveSibling("tmp");
    Path aside = drafts.resolveSibling("aside");
    Files.move(drafts, aside);
    Files.createFile(drafts);
    assertThat(nanoctl.run("status").out()).contains("NC-OBJECTS-READ-ONLY", "nanoctl doctor");
    assertThat(nanoctl.run("doctor", "--json").out())
        .contains("NC-OBJECTS-READ-ONLY", "tmp is no folder");
    Files.delete(drafts);
    Files.move(aside, drafts);
    assertThat(nanoctl.run("status").out()).doesNotContain("NC-OBJECTS-READ-ONLY");
    assertThat(nanoctl.run("doctor", "--json").out()).doesNotContain("NC-OBJECTS-READ-ONLY");
  }

  private void refusedByTheStoreItNamesTheStep() throws Exception {
    Path uploads = store().resolve("uploads");
    Files.deleteIfExists(uploads);
    Files.createFile(uploads);
    var failed = nanoctl.run("doctor", "--self-test", "--json");
    assertThat(failed.status()).as(failed.toString()).isEqualTo(3);
    List<JsonObject> steps = steps(failed.json());
    assertThat(steps.getLast().text("step")).contains("left nothing");
    JsonObject wrong =
        steps.stream().filter(step -> step.bool("ok").equals(Optional.of(false))).toList().get(0);
    assertThat(wrong.text("step")).contains("upload a package");
    assertThat(wrong.text("code")).contains("NC-SELF-TEST-STEP");
    assertThat(wrong.text("message").orElseThrow())
        .startsWith("PATCH /api/v1/uploads/")
        .contains("was answered with 5");
    Files.delete(uploads);
    leftNothing();
  }

  /** A self-test whose upload is in the store. */
  private LaunchedNanoctl.Job underWay() throws IOException {
    LaunchedNanoctl.Job job = nanoctl.job("doctor", "--self-test");
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> !objects().isEmpty());
    return job;
  }

  private void leftNothing() throws Exception {
    assertThat(accounts()).isEmpty();
    assertThat(objects()).isEmpty();
  }

  private List<String> accounts() throws IOException, InterruptedException {
    return nanoctl
        .done("user", "list", "--json")
        .json()
        .array("users")
        .orElseThrow()
        .objects()
        .map(user -> user.text("email").orElseThrow())
        .filter(email -> email.endsWith("@self-test.invalid"))
        .toList();
  }

  private Path store() {
    return nanoctl.site().resolve("objects/objects");
  }

  private static List<JsonObject> steps(JsonObject told) {
    return told.array("journey").orElseThrow().objects().toList();
  }
}
