package dev.nanoctl.server.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A published nano as an index holds it: enough to find it and to render it as a hit.
 *
 * @param item the list item of the API as JSON text; a hit is rendered from it, not from the
 *     database
 */
public record SearchEntry(UUID id, Texts texts, Traits traits, Standing standing, String item) {

  /**
   * What words are looked for in, the weightiest first.
   *
   * @param headings the headings inside the content, a line each
   * @param body all other text
   */
  public record Texts(
      String title, List<String> tags, String headings, String description, String body) {
    public Texts {
      tags = List.copyOf(tags);
    }
  }

  /**
   * What hits can be narrowed by.
   *
   * @param categories the slugs of its categories and of all above them
   */
  public record Traits(
      List<String> categories,
      int level,
      String language,
      List<String> formats,
      String licence,
      int minutes) {
    public Traits {
      categories = List.copyOf(categories);
      formats = List.copyOf(formats);
    }
  }

  /**
   * What hits can be sorted by.
   *
   * @param rating the Bayesian mean of its ratings
   * @param revision grows with every change, so that an index can be compared with the database
   */
  public record Standing(Instant publishedAt, double rating, long revision) {}
}
