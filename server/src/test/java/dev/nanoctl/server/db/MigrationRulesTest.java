package dev.nanoctl.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MigrationRulesTest {
  /** What came before the floor came before the first release, too. */
  private static final int FIRST = 37;

  @Test
  void everyMigrationSinceThenLeavesTheReleaseBeforeAPlace() throws IOException {
    Path folder = Path.of("src/main/resources/db/migration");
    for (String file : Migrations.FILES) {
      if (SchemaFloor.version(file) >= FIRST) {
        assertThat(MigrationRules.findings(Files.readString(folder.resolve(file))))
            .as(file)
            .isEmpty();
      }
    }
    assertThat(SchemaFloor.version(Migrations.FILES.getLast())).isGreaterThanOrEqualTo(FIRST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE a (b text NOT NULL)",
        "CREATE INDEX i ON a (b)",
        "ALTER TABLE a ADD COLUMN c text",
        "ALTER TABLE a ADD COLUMN c text NOT NULL DEFAULT ''",
        "ALTER TABLE a ADD COLUMN c text DEFAULT '' NOT NULL, ADD COLUMN d int",
        "ALTER TABLE a ALTER COLUMN c DROP NOT NULL",
        "ALTER TABLE a ALTER COLUMN c DROP DEFAULT",
        "ALTER TABLE a DROP CONSTRAINT k",
        "INSERT INTO a VALUES ('DROP TABLE a; TRUNCATE a')",
        "UPDATE a SET b = 1 -- DROP TABLE a",
        "CREATE TABLE a (b text); ALTER TABLE a ADD UNIQUE (b)",
      })
  void toAddIsAllowed(String sql) {
    assertThat(MigrationRules.findings(sql)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE a",
        "drop view a",
        "TRUNCATE a",
        "DELETE FROM a",
        "ALTER TABLE a DROP COLUMN b",
        "ALTER TABLE a DROP b",
        "ALTER TABLE a RENAME COLUMN b TO c",
        "ALTER TABLE a\n  RENAME TO c",
        "ALTER TABLE a ALTER COLUMN b TYPE bigint",
        "ALTER TABLE a ALTER b SET DATA TYPE bigint",
        "ALTER TABLE a ALTER COLUMN b SET NOT NULL",
        "ALTER TABLE a ADD COLUMN c text NOT NULL",
        "ALTER TABLE a ADD COLUMN c text NOT NULL, ADD COLUMN d int DEFAULT 1",
        "ALTER TABLE a ADD COLUMN d int DEFAULT 1, ADD COLUMN c text NOT NULL",
        "ALTER TABLE a ADD CONSTRAINT k CHECK (b > 0)",
        "ALTER TABLE a ADD UNIQUE (b)",
        "CREATE UNIQUE INDEX i ON a (b)",
        "CREATE TABLE x (b text); ALTER TABLE a DROP COLUMN b",
      })
  void toTakeAwayIsRefused(String sql) {
    assertThat(MigrationRules.findings(sql)).hasSize(1);
  }

  @Test
  void aContractionNamesTheReleaseAndRaisesTheFloor() {
    String mark = "-- contract: 0.2.0 stopped using nano.subtitle\n";
    String drop = "ALTER TABLE nano DROP COLUMN subtitle;\n";
    assertThat(MigrationRules.findings(mark + drop + "UPDATE schema_floor SET needs = '041';"))
        .isEmpty();
    assertThat(MigrationRules.findings(mark + drop))
        .containsExactly("a contraction has to raise schema_floor");
    assertThat(MigrationRules.findings("-- contract: nobody uses it\n" + drop)).hasSize(1);
  }
}
