package dev.nanoctl.cli.command;

import dev.nanoctl.core.Closest;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteKeys;

/** Names of keys as they are typed on the command line. */
final class ConfigKeys {
  private ConfigKeys() {}

  /** Refuses a name that is no key, and proposes the one that was probably meant. */
  static void require(String name) {
    boolean setting =
        name.startsWith(SiteKeys.POSTGRES_SETTINGS)
            && name.length() > SiteKeys.POSTGRES_SETTINGS.length();
    if (SiteKeys.named(name).isEmpty() && !setting) {
      throw new Problem.Usage(
              "NC-CONFIG-KEY",
              "there is no key " + name + " in nanoctl.yml",
              near(name).map(key -> "did you mean " + key + "?").orElse("nanoctl config show"))
          .raise();
    }
  }

  private static java.util.Optional<String> near(String name) {
    var names = SiteKeys.all().stream().map(ConfigKey::name).toList();
    String last = name.substring(name.lastIndexOf('.') + 1);
    return names.stream()
        .filter(key -> key.endsWith("." + last))
        .findFirst()
        .or(() -> Closest.to(name, names));
  }
}
