package dev.nanoctl.server.search;

import java.util.Locale;

/** A trait that hits are counted and narrowed by. */
public enum Facet {
  CATEGORY,
  LEVEL,
  LANGUAGE,
  FORMAT,
  LICENSE,
  DURATION;

  /** Its name in the API. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
