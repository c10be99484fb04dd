package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteKeys;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a place for backups is reached. */
final class PlaceOptions {
  @Option(names = "--endpoint", paramLabel = "URL", description = "The S3 endpoint of a bucket.")
  @Nullable String endpoint;

  @Option(names = "--region", paramLabel = "NAME", description = "What it calls its region.")
  @Nullable String region;

  @Option(
      names = "--host-style",
      description = "The bucket is a part of the host's name, not of the path.")
  boolean hostStyle;

  @Option(
      names = "--bandwidth",
      paramLabel = "SIZE",
      description = "The most that is transferred in a second, such as \"2 MB\".")
  @Nullable String bandwidth;

  @Option(
      names = "--access-key-file",
      paramLabel = "FILE",
      description = "Holds the name of the bucket's account (default: asked for).")
  @Nullable Path accessFile;

  @Option(
      names = "--secret-key-file",
      paramLabel = "FILE",
      description = "Holds that account's secret (default: asked for).")
  @Nullable Path secretFile;

  /**
   * The place at a location, with its account.
   *
   * @param option how the location was given, for messages
   * @param verb whose help has more
   * @throws dev.nanoctl.core.ProblemException {@code NC-USAGE} when a text is not allowed or a
   *     bucket lacks something
   */
  Backups.NewTarget target(String option, String location, Prompts prompts, String verb) {
    var check = new Check(verb);
    String place = check.allowed("backup.first.location", option, location);
    boolean bucket = place.startsWith("s3://");
    if (bucket && endpoint == null) {
      throw check.usage("a bucket needs --endpoint");
    }
    return new Backups.NewTarget(
        place,
        check.optional("backup.first.endpoint", "--endpoint", endpoint),
        check.optional("backup.first.region", "--region", region),
        hostStyle,
        check.optional("backup.first.bandwidth", "--bandwidth", bandwidth),
        bucket ? Optional.of(account(check, prompts)) : Optional.empty());
  }

  private Backups.Account account(Check check, Prompts prompts) {
    var entry = new SecretEntry(check.verb());
    String needs = "a bucket needs";
    Secret access = entry.of(accessFile, "--access-key-file", "access key", needs, prompts);
    return new Backups.Account(
        access.value(), entry.of(secretFile, "--secret-key-file", "secret key", needs, prompts));
  }

  /** Refuses what the configuration would not take. */
  private record Check(String verb) {
    Optional<String> optional(String key, String option, @Nullable String value) {
      return Optional.ofNullable(value).map(text -> allowed(key, option, text));
    }

    String allowed(String key, String option, String value) {
      ConfigKey<?> known = SiteKeys.named(key).orElseThrow();
      Optional<String> allowed =
          value.isEmpty() ? Optional.of(known.allowed()) : known.refuse(value);
      if (allowed.isPresent()) {
        throw usage(option + " cannot be \"" + value + "\"; allowed: " + allowed.get());
      }
      return value;
    }

    RuntimeException usage(String message) {
      return new Problem.Usage("NC-USAGE", message, "nanoctl %s --help".formatted(verb)).raise();
    }
  }
}
