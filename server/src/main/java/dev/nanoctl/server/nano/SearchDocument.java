package dev.nanoctl.server.nano;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A published, listed nano as a search engine needs it: nothing else has to be read.
 *
 * @param item the list item of the API as JSON text, to render a hit from
 * @param packageText the text found in the live version's package, or empty
 */
public record SearchDocument(
    UUID id,
    NanoFields fields,
    List<Category> categories,
    Facts facts,
    String item,
    String packageText) {
  public SearchDocument {
    categories = List.copyOf(categories);
  }

  /** A category the nano is filed under. */
  public record Category(String slug, String nameDe, String nameEn) {}

  /**
   * What is known beside the fields.
   *
   * @param ratingScore the Bayesian mean, for sorting
   */
  public record Facts(
      String slug,
      String creatorUsername,
      String creatorName,
      double ratingScore,
      long downloads,
      Instant publishedAt) {}
}
