package dev.nanoctl.server.media.pack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a package says about itself; null or empty where it says nothing.
 *
 * @param title its title
 * @param language a BCP 47 tag
 * @param licence an SPDX identifier
 * @param authors who made it
 * @param description one or two sentences
 * @param durationMinutes how long it takes
 */
public record PackageMetadata(
    @Nullable String title,
    @Nullable String language,
    @Nullable String licence,
    List<String> authors,
    @Nullable String description,
    @Nullable Integer durationMinutes) {
  /** A package that says nothing about itself. */
  public static final PackageMetadata NONE =
      new PackageMetadata(null, null, null, List.of(), null, null);

  /** Keeps its own copy of the authors. */
  public PackageMetadata {
    authors = List.copyOf(authors);
  }
}
