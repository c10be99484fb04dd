package dev.nanoctl.appliance.support;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The site's configuration as it may be shown: values that are secrets are dots. They should lie in
 * files of their own, but a configuration is written by hand. It need not be valid.
 *
 * @param text with dots
 * @param values what stood there instead of the dots
 */
record MaskedConfig(String text, Set<String> values) {
  private static final String DOTS = "••••••";
  private static final Pattern SECRET =
      Pattern.compile(
          "(?m)^(?<name>[ #]*[a-zA-Z0-9_.]*"
              + "(?:password|passphrase|secret|token|credentials|api_?key|access_?key|secret_?key)"
              + "\\s*:[ \\t]*)(?<value>[^#\\s][^#\\r\\n]*)");
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(?<name>://[^/\\s:@\"']*:)(?<value>[^/\\s@\"']+)(?=@)");

  /** Puts dots over every value whose key says that it is a secret, and into addresses. */
  static MaskedConfig of(String yaml) {
    var values = new LinkedHashSet<String>();
    String masked = mask(IN_ADDRESS, mask(SECRET, yaml, values), values);
    return new MaskedConfig(masked, Set.copyOf(values));
  }

  private static String mask(Pattern pattern, String text, Set<String> values) {
    return pattern
        .matcher(text)
        .replaceAll((MatchResult found) -> {
          values.add(unquoted(found.group("value")));
          return Matcher.quoteReplacement(found.group("name") + DOTS);
        });
  }

  private static String unquoted(String value) {
    String text = value.strip();
    boolean quoted =
        text.length() > 1
            && text.charAt(0) == text.charAt(text.length() - 1)
            && "\"'".indexOf(text.charAt(0)) >= 0;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
