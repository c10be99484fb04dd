package dev.nanoctl.server.nano;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a nano is about, in words.
 *
 * @param title 3 to 200 characters
 * @param description at most 1,000 characters; a draft may lack it
 * @param detailsMd at most 10,000 characters of Markdown
 * @param tags at most 10 of at most 40 characters
 * @param objectives at most 10 of at most 200 characters
 */
public record About(
    String title,
    @Nullable String description,
    @Nullable String detailsMd,
    List<String> tags,
    List<String> objectives) {
  public About {
    tags = List.copyOf(tags);
    objectives = List.copyOf(objectives);
  }
}
