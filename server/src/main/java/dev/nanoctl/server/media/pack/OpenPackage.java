package dev.nanoctl.server.media.pack;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An archive whose entries are known to be readable, and what was found in it so far. */
final class OpenPackage {
  /** No manifest that people or tools write comes near this. */
  static final int LARGEST_MANIFEST = 4 << 20;

  private static final int MOST_FINDINGS = 100;

  private final ByteSource source;
  private final ZipIndex index;
  private final List<String> files;
  private final List<Finding> findings = new ArrayList<>();

  OpenPackage(ByteSource source, ZipIndex index) {
    this.source = source;
    this.index = index;
    this.files =
        index.entries().stream()
            .filter(entry -> !entry.isFolder())
            .map(PackedEntry::name)
            .sorted()
            .toList();
  }

  /** The paths of all files in order. */
  List<String> files() {
    return files;
  }

  boolean has(String path) {
    return index.find(path).isPresent();
  }

  void error(Rule rule, String entry, String detail) {
    add(Finding.error(rule, entry, detail));
  }

  private void add(Finding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  List<Finding> findings() {
    return findings;
  }

  /** The first bytes of a file; empty if there is no such file. */
  byte[] beginning(String path, int most) throws IOException, PackageFlaw {
    Optional<PackedEntry> entry = index.find(path);
    return entry.isEmpty() ? new byte[0] : EntryInspection.beginning(source, entry.get(), most);
  }

  /** The JSON in a file, or empty with a finding if it is none. */
  Optional<JsonValue> json(String path) throws IOException, PackageFlaw {
    byte[] bytes = beginning(path, LARGEST_MANIFEST + 1);
    if (bytes.length > LARGEST_MANIFEST) {
      error(Rule.MALFORMED_JSON, path, "larger than " + LARGEST_MANIFEST + " bytes");
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(bytes));
    } catch (JsonSyntaxException e) {
      error(Rule.MALFORMED_JSON, path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The JSON object in a file, or empty with a finding if it is none. */
  Optional<JsonObject> jsonObject(String path) throws IOException, PackageFlaw {
    Optional<JsonValue> value = json(path);
    if (value.isPresent() && !(value.get() instanceof JsonObject)) {
      error(Rule.MANIFEST_FIELD, path, "an object is needed, not " + value.get().kind());
    }
    return value.map(v -> v instanceof JsonObject object ? object : null);
  }

  /** What a wrong type in a manifest is called in a finding. */
  static String describe(JsonTypeException e) {
    return String.valueOf(e.getMessage());
  }
}
