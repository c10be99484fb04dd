package dev.nanoctl.bench.search;

import java.util.List;

/**
 * A text to search for.
 *
 * @param pair what the same guide is called in both languages
 */
record Guide(String pair, String language, String category, Text text) {

  /** What is written in a guide. */
  record Text(String title, String description, List<String> tags, String body) {}

  /** Everything but the body. */
  String head() {
    return text.title() + "\n" + text.description() + "\n" + String.join("\n", text.tags());
  }
}
