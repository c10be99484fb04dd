package dev.nanoctl.server.category;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All categories with who stands under whom. */
final class CategoryTree {
  /** How many levels there may be. */
  static final int DEEPEST = 3;

  private final Map<String, Category> bySlug = new HashMap<>();

  CategoryTree(List<Category> categories) {
    categories.forEach(category -> bySlug.put(category.slug(), category));
  }

  /** A category with the number of nanos on it and below. */
  record Counted(Category category, long count) {}

  Optional<Category> find(String slug) {
    return Optional.ofNullable(bySlug.get(slug));
  }

  /** The slugs from a category up to the top; stops where it would go in a circle. */
  List<String> path(String slug) {
    List<String> path = new ArrayList<>();
    @Nullable String at = slug;
    while (at != null && !path.contains(at)) {
      path.add(at);
      Category category = bySlug.get(at);
      at = category == null ? null : category.parent();
    }
    return path;
  }

  /** How many levels stand on a category, itself included. */
  int height(String slug) {
    int height = 1;
    for (Category category : bySlug.values()) {
      int index = path(category.slug()).indexOf(slug);
      height = Math.max(height, index + 1);
    }
    return height;
  }

  /** True when a category has others below it. */
  boolean hasChildren(String slug) {
    return bySlug.values().stream().anyMatch(category -> slug.equals(category.parent()));
  }

  /** The categories in use in German order, each with its number. */
  List<Counted> counted(Map<UUID, Long> counts) {
    Collator german = Collator.getInstance(Locale.GERMAN);
    return bySlug.values().stream()
        .filter(Category::active)
        .sorted(
            Comparator.comparing((Category c) -> c.names().german(), german::compare)
                .thenComparing(Category::slug))
        .map(c -> new Counted(c, counts.getOrDefault(c.id(), 0L)))
        .toList();
  }
}
