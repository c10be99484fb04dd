package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the tables of a {@link LogicalSite} with what is hard to write down and read again. */
final class RandomRows {
  private static final List<String> TEXTS =
      List.of(
          "",
          "\\N",
          "\\.",
          "a\tb",
          "line\nfeed\rreturn",
          "back\\slash",
          "ünïcödé 漢字 🐘",
          "null",
          "\b\f\u000b",
          "'quoted' \"twice\"",
          "{curly,\"x\"}",
          " ",
          "NULL");
  private static final List<String> TIMES =
      List.of(
          "infinity",
          "-infinity",
          "2026-11-22 02:30:00.123456+01",
          "0044-03-15 12:00:00 BC",
          "1700-01-01 00:00:00Z",
          "294276-12-31 23:59:59Z");
  private static final List<String> NUMBERS =
      List.of(
          "NaN",
          "Infinity",
          "-Infinity",
          "0",
          "-0.000000000000000000000001",
          "1e-130",
          "123456789012345678901234567890.5");
  private static final List<String> RATIOS =
      List.of("NaN", "Infinity", "-Infinity", "-0", "0.1", "1e-323", "1.7976931348623157e308");
  private static final List<String> DOCS =
      List.of(
          "null", "[]", "{\"a\": \"\\u0001\\n\\\\\"}", "[1.10, {\"x\": [null, true]}]", "\"é\"");
  private static final List<String> ARRAYS =
      List.of(
          "{}",
          "{NULL,\"NULL\",\"\"}",
          "{\"a,b\",\"c\\\\d\",\"e\\\"f\"}",
          "[2:3]={x,y}",
          "{{a},{b}}");
  private static final List<String> SPANS =
      List.of("-1 year +2 days -03:04:05.678", "0", "178000000 years", "1 mon -1 day");

  private final Random random;

  RandomRows(long seed) {
    this.random = new Random(seed);
  }

  void fill(DatabaseSource database, int rows) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      people(connection, rows);
      others(connection, rows);
      connection.commit();
    }
  }

  private void people(Connection connection, int rows) throws SQLException {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < rows; i++) {
      ids.add(new UUID(random.nextLong(), random.nextLong()));
    }
    String sql =
        """
        INSERT INTO person (id, data, name, feels, nick, doc, tags, born, day, span, amount, ratio,
                            ok, boss, best)
        VALUES (?, ?, ?, ?::mood, ?, ?::jsonb, ?::text[], ?::timestamptz, ?::date, ?::interval,
                ?::numeric, ?::float8, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < rows; i++) {
        insert.setObject(1, ids.get(i));
        insert.setBytes(2, random.nextInt(5) == 0 ? null : bytes());
        set(insert, 3, TEXTS);
        set(insert, 4, List.of("fine", "so so"));
        set(insert, 5, TEXTS);
        set(insert, 6, DOCS);
        set(insert, 7, ARRAYS);
        set(insert, 8, TIMES);
        set(insert, 9, List.of("infinity", "-infinity", "0001-01-01 BC", "2026-02-28"));
        set(insert, 10, SPANS);
        set(insert, 11, NUMBERS);
        set(insert, 12, RATIOS);
        insert.setObject(13, random.nextInt(3) == 0 ? null : random.nextBoolean(), Types.BOOLEAN);
        insert.setObject(14, some(ids), Types.OTHER);
        insert.setObject(15, random.nextBoolean() ? null : ids.get(rows - 1 - i), Types.OTHER);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private @Nullable UUID some(List<UUID> ids) {
    return random.nextInt(4) == 0 ? null : ids.get(random.nextInt(ids.size()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void set(PreparedStatement insert, int at, List<String> choice) throws SQLException {
    int which = random.nextInt(choice.size() + 1);
    insert.setString(at, which == choice.size() ? null : choice.get(which));
  }

  private void others(Connection connection, int rows) throws SQLException {
    Sql.run(
        connection,
        """
        INSERT INTO "Odd Name/1"
          SELECT i, -i, 'n' || i %% 3 FROM generate_series(1, %1$d) i;
        INSERT INTO keyless SELECT i %% 3, repeat('x', i %% 7) FROM generate_series(1, %1$d) i;
        INSERT INTO book (person) SELECT id FROM person;
        INSERT INTO edition (book) SELECT id FROM book;
        UPDATE book b SET live = e.id FROM edition e WHERE e.book = b.id AND b.id %% 2 = 0;
        INSERT INTO log SELECT i, 'said ' || i FROM generate_series(1, %1$d) i;
        SELECT setval('ticket', 4711, false);
        INSERT INTO schema_history VALUES (3, NULL, NULL, true), (4, '008', 1, false);
        """
            .formatted(rows));
  }
}
