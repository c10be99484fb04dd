package dev.nanoctl.server.media.pack;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;

/** The words of a package, for the search index. */
final class PackageText {
  /** How many characters are kept. */
  static final int LONGEST = 100_000;

  private static final int LARGEST_FILE = 1 << 20;
  private static final Set<String> PLAIN = Set.of("txt", "md", "vtt", "srt");

  private final OpenPackage pack;
  private final StringBuilder text = new StringBuilder();

  private PackageText(OpenPackage pack) {
    this.pack = pack;
  }

  static String extract(OpenPackage pack, Content content) throws IOException, PackageFlaw {
    PackageText words = new PackageText(pack);
    if (content.kind() == PackageKind.H5P) {
      words.addH5p();
    } else {
      words.addFiles(content);
    }
    return Texts.cut(words.text.toString(), LONGEST);
  }

  private void addFiles(Content content) throws IOException, PackageFlaw {
    List<String> files = new ArrayList<>(pack.files());
    if (content.launchFile() != null && files.remove(content.launchFile())) {
      files.addFirst(content.launchFile());
    }
    for (String file : files) {
      if (text.length() >= LONGEST) {
        return;
      }
      if (LooseFiles.isPage(file)) {
        add(LooseFiles.page(pack, file).body().text());
      } else if (PLAIN.contains(ContentRules.extension(file)) && !file.startsWith("__MACOSX/")) {
        add(new String(pack.beginning(file, LARGEST_FILE), StandardCharsets.UTF_8));
      }
    }
  }

  /** The texts of an H5P content: values of its JSON that are sentences rather than settings. */
  private void addH5p() throws IOException, PackageFlaw {
    Optional<JsonValue> content = pack.json("content/content.json");
    if (content.isPresent()) {
      addTexts(content.get());
    }
  }

  private void addTexts(JsonValue value) {
    if (text.length() >= LONGEST) {
      return;
    }
    switch (value) {
      case JsonObject object -> object.members().values().forEach(this::addTexts);
      case JsonArray array -> array.forEach(this::addTexts);
      case JsonValue.Text(String words) -> {
        if (words.indexOf(' ') > 0 || words.indexOf('<') >= 0) {
          add(Jsoup.parse(words).text());
        }
      }
      case JsonValue.Numeric _, JsonValue.Bool _, JsonValue.Null _ -> {
        // numbers and switches are no words
      }
    }
  }

  /** PostgreSQL takes no NUL, and half a character is none. */
  private void add(String words) {
    String clean = words.replaceAll("[\\p{Cc}\\p{Cs}\\s\\ufffd]+", " ").strip();
    if (!clean.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(Texts.cut(clean, LONGEST));
    }
  }
}
