package dev.nanoctl.backup.logical;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a logical backup says of the tables it holds.
 *
 * @param schema the version of the application's schema
 * @param server the version of the PostgreSQL they were read from, such as {@code 18.6}
 * @param history how the schema came about, oldest first
 * @param tables all of them
 * @param sequences all of them
 */
public record Catalogue(
    String schema,
    String server,
    List<Migration> history,
    List<Table> tables,
    List<Sequence> sequences) {
  /** The file that holds it. Where it is, a snapshot's database is a logical one. */
  public static final String FILE = "tables.json";

  private static final int LARGEST = 64 << 20;

  /** Keeps its own copies. */
  public Catalogue {
    history = List.copyOf(history);
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
  }

  /** Whether a snapshot holds the tables of a database rather than the files of a cluster. */
  public static boolean in(SnapshotManifest manifest) {
    return file(manifest).isPresent();
  }

  private static Optional<SnapshotFile> file(SnapshotManifest manifest) {
    return manifest.database().isPresent()
        ? Optional.empty()
        : manifest.files().stream()
            .filter(file -> file.part() == Part.DATABASE && file.source().path().equals(FILE))
            .findFirst();
  }

  /**
   * Reads that of a snapshot.
   *
   * @throws dev.nanoctl.core.ProblemException when it is missing, damaged, or of another format
   */
  public static Catalogue read(BlockSource source) throws IOException {
    SnapshotFile file =
        file(source.manifest()).orElseThrow(() -> RepositoryProblem.damaged(FILE, "is missing"));
    if (file.source().size() > LARGEST) {
      throw RepositoryProblem.damaged(FILE, "is too large");
    }
    var bytes = new ByteArrayOutputStream();
    source.read(file, bytes::write);
    try {
      return parse(Json.parseObject(bytes.toByteArray()));
    } catch (JsonSyntaxException | JsonTypeException | IllegalArgumentException e) {
      throw RepositoryProblem.damaged(FILE, "cannot be read", e);
    }
  }

  byte[] bytes() {
    return Json.bytes(o -> o.object(this::write));
  }

  private void write(JsonWriter o) {
    o.field("format", 1).field("schema", schema).field("server", server);
    o.array(
        "history",
        history,
        (h, one) ->
            h.object(m -> m.field("version", one.version()).field("checksum", one.checksum())));
    o.array(
        "tables",
        tables,
        (t, table) ->
            t.object(m -> {
              m.field("name", table.name()).field("rows", table.rows()).field("keys", table.keys());
              m.texts("columns", table.columns());
            }));
    o.array(
        "sequences",
        sequences,
        (s, one) ->
            s.object(m ->
                m.field("name", one.name())
                    .field("last", one.last())
                    .field("called", one.called())));
  }

  private static Catalogue parse(JsonObject json) {
    if (number(json, "format") != 1) {
      throw new IllegalArgumentException("a catalogue of another format");
    }
    return new Catalogue(
        text(json, "schema"),
        text(json, "server"),
        all(json, "history")
            .map(o -> new Migration(text(o, "version"), text(o, "checksum")))
            .toList(),
        all(json, "tables").map(Catalogue::table).toList(),
        all(json, "sequences").map(Catalogue::sequence).toList());
  }

  private static Table table(JsonObject o) {
    List<String> columns = o.array("columns").orElseThrow(() -> lacks("columns")).texts();
    return new Table(
        text(o, "name"), columns, Math.toIntExact(number(o, "keys")), number(o, "rows"));
  }

  private static Sequence sequence(JsonObject o) {
    return new Sequence(
        text(o, "name"), number(o, "last"), o.bool("called").orElseThrow(() -> lacks("called")));
  }

  private static Stream<JsonObject> all(JsonObject json, String name) {
    return json.array(name).orElseThrow(() -> lacks(name)).objects();
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> lacks(name));
  }

  private static long number(JsonObject json, String name) {
    return json.integer(name).orElseThrow(() -> lacks(name));
  }

  private static IllegalArgumentException lacks(String name) {
    return new IllegalArgumentException("a catalogue without " + name);
  }

  /** What a drill compares with after a restore: the numbers of rows and the versions. */
  public Map<String, String> facts() {
    var facts = new TreeMap<String, String>();
    tables.forEach(
        table -> facts.put("rows." + Sql.shown(table.name()), Long.toString(table.rows())));
    facts.put("schema", schema);
    facts.put("server", server);
    return facts;
  }
}
