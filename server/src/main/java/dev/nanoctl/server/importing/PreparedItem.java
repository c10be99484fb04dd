package dev.nanoctl.server.importing;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.server.media.pack.EntryContent;
import dev.nanoctl.server.media.pack.FileSource;
import dev.nanoctl.server.media.pack.PackedEntry;
import dev.nanoctl.server.media.pack.ZipIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An item whose description was read.
 *
 * @param item what is to be imported
 * @param manifest its {@code nano.json}, or empty if it brings none
 * @param source what names it where it came from
 */
record PreparedItem(ImportItem item, Optional<JsonObject> manifest, String source) {
  private static final int LARGEST = 1 << 20;
  private static final int LONGEST_SOURCE = 500;

  static PreparedItem of(ImportItem item) throws IOException, Refused {
    Optional<JsonObject> manifest =
        item.isFolder() ? inFolder(item.path()) : inPackage(item.path());
    Optional<String> named =
        manifest.isPresent() ? NanoManifest.source(manifest.get()) : Optional.empty();
    String source = named.orElse(item.entry());
    if (source.length() > LONGEST_SOURCE) {
      throw new Refused("VALIDATION_ERROR", "its path is longer than 500 characters");
    }
    return new PreparedItem(item, manifest, source);
  }

  private static Optional<JsonObject> inFolder(Path folder) throws IOException, Refused {
    Path file = folder.resolve(NanoManifest.FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refused("MANIFEST_INVALID", "nano.json is no file");
    }
    if (Files.size(file) > LARGEST) {
      throw new Refused("MANIFEST_INVALID", "nano.json is larger than 1 MB");
    }
    return Optional.of(parse(Files.readAllBytes(file)));
  }

  /** What a package says is read before it is validated, so it may be anything. */
  private static Optional<JsonObject> inPackage(Path archive) throws IOException, Refused {
    byte[] bytes;
    try (FileSource source = FileSource.open(archive)) {
      Optional<PackedEntry> entry = ZipIndex.ofValid(source).find(NanoManifest.FILE);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = EntryContent.open(source, entry.get())) {
        bytes = in.readNBytes(LARGEST);
      }
    } catch (IOException damaged) {
      // the validator will say what is wrong with it
      return Optional.empty();
    }
    return Optional.of(parse(bytes));
  }

  private static JsonObject parse(byte[] bytes) throws Refused {
    try {
      return Json.parseObject(bytes);
    } catch (JsonSyntaxException | JsonTypeException e) {
      throw new Refused("MANIFEST_INVALID", "nano.json: " + e.getMessage());
    }
  }
}
