package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.cli.testing.TestCall;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal shows, to the character. */
class GoldenOutputTest {
  @TempDir private Path folder;
  private CliTester nanoctl = new CliTester(Path.of(""));

  @BeforeEach
  void installed() throws IOException {
    Files.writeString(
        folder.resolve("nanoctl.yml"),
        "site:\n  name: lernhof\nserver:\n  url: https://lernhof.example\n");
    nanoctl = new CliTester(folder);
  }

  @Test
  void statusOnATerminalOf80Columns() {
    TestCall call = nanoctl.onTerminal(80).with("NO_COLOR", "1").call("status");
    assertThat(call.status()).isZero();
    assertThat(call.out())
        .isEqualTo(
            """
            lernhof · embedded · 0.1.0 · healthy for 12 d 4 h · https://lernhof.example

              ● agent     up 12 d 4 h
              ● postgres  up 12 d 4 h · 18.6 · 4.1 GB · 12 of 40 connections
              ● server    up 12 d 4 h · p95 14 ms · 0 errors in 24 h
              ● disk      41 GB free · lasts about 9 months
              ● tls       valid for 44 days
              ○ backup    nowhere                         nanoctl backup target add LOCATION
            """);
  }

  @Test
  void statusOnATerminalOf50ColumnsWraps() {
    TestCall call = nanoctl.onTerminal(50).with("NO_COLOR", "1").call("status");
    assertThat(call.out())
        .isEqualTo(
            """
            lernhof · embedded · 0.1.0 · healthy for 12 d 4 h
            https://lernhof.example

              ● agent     up 12 d 4 h
              ● postgres  up 12 d 4 h · 18.6 · 4.1 GB
                          12 of 40 connections
              ● server    up 12 d 4 h · p95 14 ms
                          0 errors in 24 h
              ● disk      41 GB free · lasts about 9 months
              ● tls       valid for 44 days
              ○ backup    nowhere
                          nanoctl backup target add LOCATION
            """);
  }

  @Test
  void coloursAreOnlyOnTerminalsThatWantThem() {
    assertThat(new CliTester(folder).call("status").out()).doesNotContain("\u001b").contains("●");
    assertThat(new CliTester(folder).onTerminal(80).call("status").out())
        .contains("\u001b[32m●\u001b[0m");
    assertThat(new CliTester(folder).onTerminal(80).with("TERM", "dumb").call("status").out())
        .doesNotContain("\u001b");
  }

  @Test
  void aTerminalWithoutUnicodeGetsAscii() {
    TestCall call = nanoctl.onTerminal(80).with("NO_COLOR", "1").with("LANG", "C").call("status");
    assertThat(call.out()).contains("  * agent     up 12 d 4 h").isASCII();
  }

  @Test
  void whatIsBrokenEndsWithTheCommandThatMendsIt() {
    nanoctl.fake().breakServer();
    TestCall call = nanoctl.onTerminal(80).with("NO_COLOR", "1").call("status");
    assertThat(call.status()).isEqualTo(3);
    assertThat(call.out())
        .isEqualTo(
            """
            lernhof · embedded · 0.1.0 · not well for 12 d 4 h · https://lernhof.example

              ● agent     up 12 d 4 h
              ● postgres  up 12 d 4 h · 18.6 · 4.1 GB · 12 of 40 connections
              ✖ server    down
              ● disk      41 GB free · lasts about 9 months
              ● tls       valid for 44 days
              ○ backup    nowhere                         nanoctl backup target add LOCATION

              ▲ NC-SERVER-DOWN  server does not run                      nanoctl logs server
            """);
  }

  @Test
  void anErrorIsTwoLinesWhereThereIsRoom() {
    TestCall call = nanoctl.onTerminal(100).with("NO_COLOR", "1").call("explain", "NC-X");
    assertThat(call.err())
        .isEqualTo(
            """
            error NC-CODE-UNKNOWN: there is no error code NC-X
              nanoctl explain lists all codes        more: nanoctl explain NC-CODE-UNKNOWN
            """);
    assertThat(nanoctl.onTerminal(50).call("explain", "NC-X").err())
        .isEqualTo(
            """
            error NC-CODE-UNKNOWN: there is no error code NC-X
              nanoctl explain lists all codes
              more: nanoctl explain NC-CODE-UNKNOWN
            """);
  }

  @Test
  void installTellsItsStepsAndWhereToGo() throws IOException {
    Files.delete(folder.resolve("nanoctl.yml"));
    TestCall call = nanoctl.call("install", "--yes");
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .isEqualTo(
            """
              ✓ rendered configuration      18.6 · 2.1 s
              ✓ started the agent           18.6 · 2.1 s
              ✓ started the server          18.6 · 2.1 s

            Ready in 0 s.
              open      http://127.0.0.1:8080
              sign in   admin@nanoctl.internal · one-time link, valid 1 h: http://127.0.0.1:8080/anmelden/link#token
              password  in SITE/secrets/admin-password
              next      nanoctl --site SITE import PATH · nanoctl --site SITE status
            """
                .replace("SITE", folder.toString()));
    assertThat(nanoctl.fake().asked()).containsExactly("install as admin@nanoctl.internal");
  }

  @Test
  void installAsksThreeQuestionsOnATerminalAndNoneWithYes() throws IOException {
    Files.delete(folder.resolve("nanoctl.yml"));
    TestCall call =
        nanoctl
            .onTerminal(80)
            .with("NO_COLOR", "1")
            .answering("Lernhof\nlernhof.example\nada@lernhof.example\n443\n")
            .call("install");
    assertThat(call.status()).isZero();
    assertThat(call.err())
        .contains("Which host name will people use? [this machine only]: ")
        .contains("allowed: a host name in lower case")
        .contains("What is the administrator's e-mail address? [admin@lernhof.example]: ")
        .contains("Which port? [8443]: ");
    assertThat(Files.readString(folder.resolve("nanoctl.yml")))
        .contains("  domain: lernhof.example")
        .contains("  bind: 0.0.0.0")
        .contains("  port: 443")
        .contains("    mode: self-signed")
        .contains("  contact: ada@lernhof.example");
  }

  @Test
  void statusForProgramsHasEveryPromisedField() {
    JsonObject status = Json.parseObject(nanoctl.call("status", "--json").out());
    assertThat(status.names())
        .startsWith("schema", "instance", "engine", "healthy", "url", "version")
        .contains("services", "backup", "problems");
    assertThat(status.integer("schema")).hasValue(1);
    JsonObject server =
        status.array("services").orElseThrow().objects().skip(2).findFirst().orElseThrow();
    assertThat(server.names())
        .containsExactly("name", "state", "healthy", "pid", "since", "detail");
    assertThat(server.text("state")).contains("running");
  }

  @Test
  void installForProgramsAddsTheAdmin() throws IOException {
    Files.delete(folder.resolve("nanoctl.yml"));
    TestCall call = nanoctl.call("install", "--yes", "--json");
    JsonObject admin = Json.parseObject(call.out()).object("admin").orElseThrow();
    assertThat(admin.text("email")).contains("admin@nanoctl.internal");
    assertThat(admin.text("passwordFile"))
        .contains(folder.resolve("secrets/admin-password").toString());
  }

  @Test
  void anImportNamesEachRejectedEntry() {
    TestCall call = nanoctl.call("import", folder.toString());
    assertThat(call.status()).isZero();
    assertThat(call.out())
        .isEqualTo(
            """
              ✗ guides/broken  ZIP_BOMB: index.html unpacks to 2 GB
              ▲ imported 2 nanos  0 unchanged · 1 rejected · 0.0 s
            """);
    assertThat(call.err()).isEmpty();
    JsonObject json = Json.parseObject(nanoctl.call("import", folder.toString(), "--json").out());
    assertThat(json.names()).containsExactly("schema", "imported", "unchanged", "rejected");
    assertThat(json.array("rejected").orElseThrow().objects().findFirst().orElseThrow().names())
        .containsExactly("entry", "code", "reason");
  }

  @Test
  void quietPrintsOnlyErrors() {
    assertThat(nanoctl.call("status", "--quiet").out()).isEmpty();
    assertThat(nanoctl.call("import", folder.toString(), "-q").out()).isEmpty();
    assertThat(nanoctl.call("start", "-q").out()).isEmpty();
  }

  @Test
  void aPlanIsShownAndNothingIsDone() {
    assertThat(nanoctl.call("stop", "--plan").out()).contains("  · ");
    assertThat(Json.parseObject(nanoctl.call("restart", "--plan", "--json").out()).names())
        .containsExactly("schema", "verb", "plan");
    nanoctl.call("uninstall", "--purge", "--plan");
    nanoctl.call("user", "create", "a@b.de", "--plan");
    assertThat(nanoctl.fake().asked()).isEmpty();
  }

  @Test
  void whatWasFoundDecidesTheStatus() {
    assertThat(nanoctl.call("doctor").status()).isEqualTo(3);
    assertThat(nanoctl.call("doctor").out())
        .contains("  ✖ disk-free  100 MB of disk free  make room")
        .contains("1 check failed");
    assertThat(nanoctl.call("audit", "verify").status()).isZero();
    nanoctl.fake().breakAudit(7);
    assertThat(nanoctl.call("audit", "verify").status()).isEqualTo(3);
    assertThat(nanoctl.call("audit", "verify", "--json").out()).contains("\"firstBroken\": 7");
    assertThat(nanoctl.call("drift").status()).isZero();
  }

  @Test
  void theSelfTestShowsAStepALineAndTheOneThatFailed() {
    TestCall well = nanoctl.call("doctor", "--self-test");
    assertThat(well.status()).isZero();
    assertThat(well.out())
        .isEqualTo(
            """
              ✓ cores  detected NC-CORES

            1 fault of 1 detected

              ✓ signed in              creator · 1.2 s

            a Nano was published, found, downloaded and deleted in 1.2 s
            """);
    nanoctl.fake().closeDoor();
    TestCall failed = nanoctl.call("doctor", "--self-test");
    assertThat(failed.status()).isEqualTo(3);
    assertThat(failed.out())
        .contains(
            "  ✗ upload a package       NC-SELF-TEST-STEP: POST /api/v1/uploads was answered with"
                + " 503 DEPENDENCY_DOWN  nanoctl status\n",
            "1 step failed");
    assertThat(nanoctl.call("doctor", "--self-test", "--quiet").out())
        .contains("upload a package")
        .doesNotContain("signed in");
    TestCall json = nanoctl.call("doctor", "--self-test", "--json");
    assertThat(json.status()).isEqualTo(3);
    JsonObject told = Json.parseObject(json.out());
    assertThat(told.bool("healthy")).contains(false);
    assertThat(told.array("journey").orElseThrow().objects().toList())
        .extracting(step -> step.text("code"), step -> step.bool("ok"))
        .containsExactly(
            tuple(Optional.empty(), Optional.of(true)),
            tuple(Optional.of("NC-SELF-TEST-STEP"), Optional.of(false)));
  }

  @Test
  void driftIsShownFromThreeSides() {
    assertThat(nanoctl.call("drift").out())
        .isEqualTo("  ● rendered files  as nanoctl wrote them\n");
    nanoctl.drifting(
        Drifted.of(
            "postgres/data/postgresql.conf",
            Optional.of("port = 5432\nwork_mem = '4MB'\n"),
            "port = 5432\nwork_mem = '64MB'\n",
            "port = 5433\nwork_mem = '8MB'\n"));
    TestCall call = nanoctl.onTerminal(80).with("NO_COLOR", "1").call("drift");
    assertThat(call.status()).isEqualTo(3);
    assertThat(call.out())
        .isEqualTo(
            """
              ▲ postgres/data/postgresql.conf  changed by hand; kept as it is
                by hand, line 2, where nanoctl would change it, too
                  - work_mem = '4MB'
                  + work_mem = '64MB'
                nanoctl would now write, line 1
                  - port = 5432
                  - work_mem = '4MB'
                  + port = 5433
                  + work_mem = '8MB'

              Settings of your own go into nanoctl.yml (postgres.settings). Then delete the
              file here, and: nanoctl --site SITE restart
            """
                .replace("SITE", folder.toString()));
    assertThat(nanoctl.call("drift", "--json").out())
        .contains("\"changed\": [", "\"postgres/data/postgresql.conf\"", "\"conflict\": true");
  }

  @Test
  void aBucketThatLacksWhatIsNeededIsNotWell() {
    TestCall fit = nanoctl.call("objects", "probe");
    assertThat(fit.status()).isZero();
    assertThat(fit.out())
        .contains("https://s3.example/nanos", "conditional PUT  no · only one may write");
    nanoctl.fake().breakServer();
    TestCall unfit = nanoctl.call("objects", "probe", "--json");
    assertThat(unfit.status()).isEqualTo(3);
    assertThat(Json.parseObject(unfit.out()).bool("fit")).contains(false);
  }

  @Test
  void copyingObjectsSaysHowMany() {
    assertThat(nanoctl.call("objects", "copy").out())
        .isEqualTo("  ✓ copied  2 objects · 3 MB · 1 were there before\n");
    assertThat(nanoctl.call("objects", "copy", "--json").out())
        .contains("\"copied\": 2", "\"bytes\": 3145728");
    assertThat(nanoctl.call("objects", "copy", "--quiet").out()).isEmpty();
  }

  @Test
  void uninstallAsksOnATerminal() {
    nanoctl.onTerminal(80).answering("n\n");
    assertThat(nanoctl.call("uninstall").status()).isEqualTo(130);
    assertThat(nanoctl.fake().asked()).isEmpty();
    assertThat(nanoctl.answering("y\n").call("uninstall", "--purge").status()).isZero();
    assertThat(nanoctl.fake().asked()).containsExactly("purge");
  }

  @Test
  void textFromElsewhereCannotMoveTheCursor() {
    TestCall call = nanoctl.call("explain", "\u001b[2Jx");
    assertThat(call.err()).doesNotContain("\u001b").contains("?[2JX");
  }
}
