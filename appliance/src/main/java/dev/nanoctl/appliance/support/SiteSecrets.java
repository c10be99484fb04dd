package dev.nanoctl.appliance.support;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values of all secrets of a site, whoever put them there. */
final class SiteSecrets {
  /** A line of a key file that is shorter stands elsewhere by chance. */
  private static final int LINE = 16;

  /** Larger files hold no secret that a person or a program would type or send. */
  private static final long LARGEST = 1 << 20;

  private static final Pattern PUBLIC =
      Pattern.compile("(?s)-----BEGIN (CERTIFICATE|PUBLIC KEY)-----.*?-----END \\1-----");
  private static final Pattern KEY_FILE =
      Pattern.compile("(?:^|.*[._])(?:key|password|passphrase|secret|token|credentials)(?:_file)?");

  private SiteSecrets() {}

  /**
   * All of them, by name: the files in the folder of secrets, the files that the configuration
   * names as keys, and what it holds itself.
   *
   * @param config the text of the configuration
   */
  static Map<String, Set<String>> of(SiteFolder site, String config) {
    var secrets = new LinkedHashMap<String, Set<String>>();
    if (Files.isDirectory(site.secrets())) {
      try (Stream<Path> files = Files.walk(site.secrets())) {
        files
            .filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
            .forEach(file ->
                secrets.put(site.secrets().relativize(file).toString(), values(read(file))));
      } catch (IOException | UncheckedIOException e) {
        throw unreadable(site.secrets(), e);
      }
    }
    new ConfigText(config)
        .values()
        .forEach((key, value) -> {
          Path file = KEY_FILE.matcher(key).matches() ? site.resolve(Path.of(value)) : site.root();
          if (!file.equals(site.root()) && Files.isRegularFile(file)) {
            secrets.put("of " + key, values(read(file)));
          }
        });
    var written = new LinkedHashSet<String>(MaskedConfig.of(config).values());
    written.removeIf(value -> Files.isRegularFile(site.resolve(Path.of(value))));
    secrets.put("in nanoctl.yml", written);
    return secrets;
  }

  /** The whole text, its lines where it has several, and the last word of a link. */
  private static Set<String> values(String text) {
    var values = new LinkedHashSet<String>();
    String secret = PUBLIC.matcher(text).replaceAll("").strip();
    values.add(secret);
    if (secret.contains("\n")) {
      secret
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= LINE && !line.startsWith("-----"))
          .forEach(values::add);
    }
    String word = secret.substring(Math.max(secret.lastIndexOf('#'), secret.lastIndexOf('/')) + 1);
    if (secret.contains("://") && word.length() >= LINE) {
      values.add(word);
    }
    values.remove("");
    return values;
  }

  private static String read(Path file) {
    try {
      return Files.size(file) > LARGEST
          ? ""
          : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static RuntimeException unreadable(Path file, Exception e) {
    return new Problem.Configuration(
            "NC-SECRET-MISSING",
            "%s cannot be read, so nothing can be searched for it".formatted(file),
            "run the command as the account that installed")
        .raise(e);
  }
}
