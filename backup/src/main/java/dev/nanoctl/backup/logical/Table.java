package dev.nanoctl.backup.logical;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One table as it is written down.
 *
 * @param name without its schema
 * @param columns in the order of the fields of a row: the key first, then the others; without those
 *     that are computed
 * @param keys how many of the columns are the primary key; 0 without one
 * @param rows how many there are
 */
public record Table(String name, List<String> columns, int keys, long rows) {
  private static final String FOLDER = "tables/";

  /** Checks that the key is among the columns. */
  public Table {
    columns = List.copyOf(columns);
    if (keys < 0 || keys > columns.size() || rows < 0) {
      throw new IllegalArgumentException(
          "%s: %d of %d columns, %d rows".formatted(name, keys, columns.size(), rows));
    }
  }

  Table with(long counted) {
    return new Table(name, columns, keys, counted);
  }

  /** What the paths of the files that hold its rows begin with. */
  String folder() {
    return FOLDER + URLEncoder.encode(name, StandardCharsets.UTF_8) + ".rows/";
  }

  String quoted(String schema) {
    return Sql.quote(schema) + "." + Sql.quote(name);
  }

  String columnList() {
    return columns.stream().map(Sql::quote).collect(Collectors.joining(", "));
  }

  String keyList() {
    return columns.stream().limit(keys).map(Sql::quote).collect(Collectors.joining(", "));
  }
}
