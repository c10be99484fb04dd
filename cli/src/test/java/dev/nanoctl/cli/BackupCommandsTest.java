package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.cli.testing.TestCall;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest {
  @TempDir private Path folder;
  private CliTester nanoctl = new CliTester(Path.of(""));

  @BeforeEach
  void installed() throws IOException {
    Files.writeString(folder.resolve("nanoctl.yml"), "site:\n  name: lernhof\n");
    nanoctl = new CliTester(folder);
  }

  private TestCall add() {
    return nanoctl.call("backup", "target", "add", "/mnt/backup");
  }

  @Test
  void addingATargetShowsItsKitOnce() {
    TestCall call = add();
    assertThat(call.status()).isZero();
    assertThat(call.out())
        .contains("backups are kept at /mnt/backup", "it is slow", "recovery key", "█");
  }

  @Test
  void aKitForProgramsGoesIntoAFileOfItsOwner() throws IOException {
    assertThat(nanoctl.call("backup", "target", "add", "/mnt/backup", "--json").status())
        .isEqualTo(2);
    Path kit = folder.resolve("kit.html");
    TestCall call =
        nanoctl.call("backup", "target", "add", "/mnt/backup", "--json", "--kit", kit.toString());
    assertThat(Json.parseObject(call.out()).text("name")).contains("first");
    assertThat(call.out()).doesNotContain("recovery key");
    assertThat(Files.readString(kit)).startsWith("<!doctype html>");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kit)))
        .isEqualTo("rw-------");
    assertThat(nanoctl.call("kit", "print", "--to", kit.toString()).status()).isEqualTo(2);
  }

  @Test
  void anInstallationKeepsBackupsFromTheBeginning() throws IOException {
    Files.delete(folder.resolve("nanoctl.yml"));
    String[] install = {"install", "--yes", "--backup-target", "/mnt/backup"};
    TestCall call = nanoctl.call(install);
    assertThat(call.status()).isZero();
    assertThat(call.out()).contains("Ready", "backups are kept at /mnt/backup", "recovery key");
  }

  @Test
  void nothingIsInstalledWhereBackupsCannotBeKept() throws IOException {
    Files.delete(folder.resolve("nanoctl.yml"));
    nanoctl.fake().backups().refuse(new Problem.Repository("NC-BACKUP-TARGET-UNFIT", "no", "do"));
    TestCall call = nanoctl.call("install", "--yes", "--backup-target", "/mnt/backup");
    assertThat(call.status()).isEqualTo(15);
    assertThat(call.out()).doesNotContain("Ready");
    assertThat(folder.resolve("nanoctl.yml")).doesNotExist();
    assertThat(nanoctl.call("install", "--yes", "--backup-target", "x").err()).contains("NC-USAGE");
    assertThat(nanoctl.call("install", "--yes", "--backup-target", "/mnt/backup", "--json").out())
        .contains("--kit");
  }

  @Test
  void aPlaceThatCannotBeMeantIsRefused() {
    for (String place : new String[] {"backup", "s3:/bucket", "/", "s3://B"}) {
      TestCall call = nanoctl.call("backup", "target", "add", place);
      assertThat(call.status()).describedAs(place).isEqualTo(2);
      assertThat(call.err()).contains("s3://BUCKET/PREFIX");
    }
    assertThat(nanoctl.call("backup", "target", "add", "s3://bucket").err()).contains("--endpoint");
    TestCall noKeys =
        nanoctl.call("backup", "target", "add", "s3://bucket", "--endpoint", "https://s3.example");
    assertThat(noKeys.err()).contains("--access-key-file");
  }

  @Test
  void withoutATargetThereIsNoBackup() {
    TestCall call = nanoctl.call("backup", "create");
    assertThat(call.status()).isEqualTo(2);
    assertThat(call.err()).contains("NC-BACKUP-NO-TARGET").contains("nanoctl backup target add");
    assertThat(nanoctl.call("backup", "status").status()).isEqualTo(2);
    TestCall status = nanoctl.call("status");
    assertThat(status.status()).isZero();
    assertThat(status.out()).contains("nanoctl backup target add");
  }

  @Test
  void whatCreateDidIsToldToPeopleAndPrograms() {
    add();
    assertThat(nanoctl.call("backup", "create").out())
        .contains("first", "01234567", "50 MB", "1 MB new", "2.1 s");
    JsonObject made = Json.parseObject(nanoctl.call("backup", "create", "--json").out());
    assertThat(made.integer("schema")).hasValue(1);
    assertThat(made.integer("bytes")).hasValue(52_428_800);
    assertThat(made.integer("storedBytes")).hasValue(1_048_576);
    assertThat(made.number("seconds")).hasValue(2.1);
    assertThat(made.text("at")).contains("2026-11-21T12:00:00Z");
    JsonObject listed = Json.parseObject(nanoctl.call("backup", "list", "--json").out());
    assertThat(listed.array("backups").orElseThrow().size()).isEqualTo(2);
    assertThat(nanoctl.call("backup", "show").out()).contains("cut", "0 files");
    assertThat(nanoctl.call("backup", "prune").out())
        .contains("1 backup let go", "3 objects", "1 locked by the store");
  }

  @Test
  void aDamagedBackupIsNotWell() {
    add();
    nanoctl.call("backup", "create");
    assertThat(nanoctl.call("backup", "verify").status()).isZero();
    nanoctl.fake().backups().damage("packs/00/0 is missing");
    TestCall call = nanoctl.call("backup", "verify");
    assertThat(call.status()).isEqualTo(3);
    assertThat(call.out()).contains("packs/00/0 is missing").contains("backup create");
  }

  @Test
  void aTargetThatIsAwayIsNamedBesideWhatWasDoneAtTheOther() {
    add();
    nanoctl.fake().backups().lose(new Problem.Unavailable("NC-BACKUP-TARGET-DOWN", "gone", "mend"));
    for (String verb : new String[] {"create", "list", "verify", "prune"}) {
      TestCall call = nanoctl.call("backup", verb);
      assertThat(call.status()).describedAs(verb).isEqualTo(3);
      assertThat(call.out()).describedAs(verb).contains("first", "second", "gone", "mend");
      JsonObject json = Json.parseObject(nanoctl.call("backup", verb, "--json").out());
      assertThat(json.array("missed").orElseThrow().objects().toList())
          .singleElement()
          .satisfies(one -> assertThat(one.text("code")).contains("NC-BACKUP-TARGET-DOWN"));
    }
  }

  @Test
  void whatIsWrongWithBackupsMakesTheStatusRed() {
    add();
    nanoctl.call("backup", "create");
    assertThat(nanoctl.call("backup", "status").status()).isZero();
    JsonObject well = Json.parseObject(nanoctl.call("status", "--json").out());
    JsonObject backup = well.object("backup").orElseThrow();
    assertThat(backup.text("last")).contains("2026-11-21T12:00:00Z");
    assertThat(backup.integer("lagSeconds")).hasValue(0);
    nanoctl
        .fake()
        .backups()
        .goWrong(new Problem.NotWell("NC-BACKUP-OLD", "it is old", "nanoctl backup create"));
    assertThat(nanoctl.call("backup", "status").status()).isEqualTo(3);
    TestCall status = nanoctl.call("status", "--json");
    assertThat(status.status()).isEqualTo(3);
    JsonObject red = Json.parseObject(status.out());
    assertThat(red.bool("healthy")).contains(false);
    assertThat(red.array("problems").orElseThrow().objects().findFirst().orElseThrow().text("fix"))
        .contains("nanoctl backup create");
  }
}
