package dev.nanoctl.server.media.pack;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the usual free licences in what people write about rights. */
final class Licences {
  private static final Pattern CREATIVE_COMMONS =
      Pattern.compile(
          "(?:cc|creativecommons\\.org/licenses/)[ -]?(by(?:-(?:nc-sa|nc-nd|nc|sa|nd))?)"
              + "[ /-]*(\\d\\.\\d)?");

  private Licences() {}

  /** An SPDX identifier, if the text names a licence beyond doubt. */
  static Optional<String> recognise(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    if (plain.contains("cc0") || plain.contains("publicdomain/zero")) {
      return Optional.of("CC0-1.0");
    }
    Matcher matcher = CREATIVE_COMMONS.matcher(plain);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String version = matcher.group(2) == null ? "4.0" : matcher.group(2);
    return Optional.of("CC-" + matcher.group(1).toUpperCase(Locale.ROOT) + "-" + version);
  }
}
