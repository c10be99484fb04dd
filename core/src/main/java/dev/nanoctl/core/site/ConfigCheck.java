package dev.nanoctl.core.site;

import java.util.List;

/** What came of checking a site configuration: it is valid, or everything that is wrong with it. */
public sealed interface ConfigCheck {
  /** Nothing is wrong. */
  record Valid(SiteConfig config) implements ConfigCheck {}

  /** At least one thing is wrong; all of them are listed, in the order of the file. */
  record Invalid(List<ConfigError> errors) implements ConfigCheck {
    /** Keeps its own copy. */
    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
