package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.Backups.NewTarget;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Enters a target for backups in a site: its place in the configuration, its keys as secrets. */
public final class TargetText {
  private TargetText() {}

  /**
   * A configuration with that target instead of the one that had its name.
   *
   * @throws dev.nanoctl.core.ProblemException {@code NC-CONFIG-BY-HAND} when the text would have to
   *     be rewritten
   */
  public static ConfigText with(ConfigText before, String name, NewTarget wanted) {
    ConfigText text = before;
    for (Map.Entry<String, Optional<String>> setting : settings(wanted).entrySet()) {
      String key = "backup." + name + "." + setting.getKey();
      Optional<String> value = setting.getValue();
      ConfigText last = text;
      text =
          value
              .flatMap(given -> last.with(key, given))
              .or(() -> value.isPresent() ? Optional.empty() : last.without(key))
              .orElseThrow(() ->
                  new Problem.Configuration(
                          "NC-CONFIG-BY-HAND",
                          key + " cannot be set without rewriting more of the configuration",
                          "nanoctl config edit")
                      .raise());
    }
    return text;
  }

  private static Map<String, Optional<String>> settings(NewTarget wanted) {
    var settings = new LinkedHashMap<String, Optional<String>>();
    settings.put("location", Optional.of(wanted.location()));
    settings.put("endpoint", wanted.endpoint());
    settings.put("region", wanted.region());
    settings.put("path_style", wanted.hostStyle() ? Optional.of("false") : Optional.empty());
    settings.put("bandwidth", wanted.bandwidth());
    return settings;
  }

  /** Keeps the keys of a bucket as secrets of the site. */
  public static void keep(Layout layout, String name, Backups.Account account) throws IOException {
    write(layout.secret(SecretNames.backupAccess(name)), account.access());
    write(layout.secret(SecretNames.backupSecret(name)), account.secret().value());
  }

  private static void write(Path file, String text) throws IOException {
    DurableFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8), "rw-------");
  }
}
