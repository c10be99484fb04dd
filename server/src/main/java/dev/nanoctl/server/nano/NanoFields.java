package dev.nanoctl.server.nano;

import java.util.List;

/**
 * Everything a creator says about a nano; every limit has been checked.
 *
 * @param categories slugs of at most five categories, the most fitting first
 */
public record NanoFields(About about, Teaching teaching, Rights rights, List<String> categories) {
  public NanoFields {
    categories = List.copyOf(categories);
  }
}
