package dev.nanoctl.appliance;

import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files rendered from templates, with the hash of what was rendered, so that a change by someone
 * else is seen and never overwritten.
 */
public final class RenderedFiles {
  private final Path root;
  private final Path note;
  private final Path copies;

  /** The rendered files of a site. */
  public RenderedFiles(Layout layout) {
    this.root = layout.root();
    this.note = layout.rendered();
    this.copies = layout.renderedCopies();
  }

  /** Whether the file is as it was rendered, or is not there yet. */
  public boolean untouched(Path file) throws IOException {
    String noted = hashes().get(name(file));
    return noted == null || !Files.exists(file) || noted.equals(hash(Files.readString(file)));
  }

  /** Every rendered file, as a path below the site folder. */
  public List<String> names() {
    return List.copyOf(hashes().keySet());
  }

  /** Rendered files that someone else has changed since, as paths below the site folder. */
  public List<String> drifted() {
    var changed = new ArrayList<String>();
    for (String name : hashes().keySet()) {
      try {
        if (!untouched(root.resolve(name))) {
          changed.add(name);
        }
      } catch (IOException e) {
        changed.add(name);
      }
    }
    return changed;
  }

  /**
   * The files that someone changed, seen from three sides.
   *
   * @param now what would be rendered now, by file
   */
  public List<Drifted> compared(Map<Path, String> now) {
    return drifted().stream()
        .map(name ->
            Drifted.of(
                name,
                rendered(name),
                read(root.resolve(name)),
                now.getOrDefault(root.resolve(name), "")))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was rendered into that file the last time; empty where it was not kept. */
  public Optional<String> rendered(String name) {
    try {
      return Optional.of(Files.readString(copy(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path copy(String name) {
    return copies.resolve(name.replace('/', '_'));
  }

  /**
   * Writes the file, notes its hash and keeps a copy; a file that someone changed stays as it is.
   * Only its owner may read it, except below the folder of containers: their accounts have to, and
   * no secret is rendered there.
   */
  public void write(Path file, String text) throws IOException {
    if (untouched(file)) {
      Performer.privateFolder(copies);
      DurableFile.write(copy(name(file)), text.getBytes(StandardCharsets.UTF_8), "rw-------");
      DurableFile.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          name(file).startsWith("docker/") ? "rw-r--r--" : "rw-------");
      Map<String, String> hashes = hashes();
      hashes.put(name(file), hash(text));
      var json = JsonObject.builder();
      hashes.forEach(json::put);
      DurableFile.write(
          note, Json.text(json.build()).getBytes(StandardCharsets.UTF_8), "rw-------");
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }

  private Map<String, String> hashes() {
    var hashes = new LinkedHashMap<String, String>();
    try {
      if (Files.exists(note)) {
        JsonObject json = Json.parseObject(Files.readString(note));
        json.names().forEach(name -> hashes.put(name, json.text(name).orElse("")));
      }
    } catch (IOException | JsonSyntaxException e) {
      hashes.clear(); // without its note, every file counts as ours to render
    }
    return hashes;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
