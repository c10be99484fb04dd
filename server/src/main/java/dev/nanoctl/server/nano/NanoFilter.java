package dev.nanoctl.server.nano;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which published nanos to list; an empty list means any.
 *
 * @param categories slugs; what is filed below them counts too
 * @param facts what they must be like
 * @param creator the user name or id of their creator
 */
public record NanoFilter(
    List<String> categories, Facts facts, @Nullable String creator, Sort sort) {
  public NanoFilter {
    categories = List.copyOf(categories);
  }

  /**
   * What nanos must be like.
   *
   * @param durationMin at least so many minutes, or 0
   * @param durationMax at most so many minutes
   */
  public record Facts(
      List<Integer> levels,
      List<String> languages,
      List<String> formats,
      List<String> licences,
      int durationMin,
      int durationMax) {
    public Facts {
      levels = List.copyOf(levels);
      languages = List.copyOf(languages);
      formats = List.copyOf(formats);
      licences = List.copyOf(licences);
    }
  }

  /** In which order; ties are broken by id, so that pages never overlap. */
  public enum Sort {
    NEWEST("n.published_at DESC, n.id DESC"),
    BEST("n.rating_score DESC, n.id DESC"),
    TITLE("n.title_key, n.id"),
    SHORTEST("n.duration_minutes, n.id");

    private final String order;

    Sort(String order) {
      this.order = order;
    }

    String order() {
      return order;
    }
  }
}
