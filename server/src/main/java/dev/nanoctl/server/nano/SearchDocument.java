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
    UUID id, NanoFields fields, Shelves shelves, Facts facts, String item, String packageText) {

  /**
   * Where the nano stands.
   *
   * @param categories what it is filed under
   * @param all the slugs of these and of every category above them
   */
  public record Shelves(List<Category> categories, List<String> all) {
    public Shelves {
      categories = List.copyOf(categories);
      all = List.copyOf(all);
    }
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
