package dev.nanoctl.core.site;

import dev.nanoctl.core.site.BackupConfig.Place;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where backups are kept, in one line: {@code /mnt/backup} or {@code s3://bucket/prefix}.
 *
 * @param text as it is written
 */
record Location(String text) {
  private static final Pattern BUCKET =
      Pattern.compile(
          "s3://(?<name>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])"
              + "(/(?<prefix>[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*))?/?");

  static ConfigType<Location> type() {
    return new ConfigType<>(
        "an absolute path, or s3://BUCKET or s3://BUCKET/PREFIX",
        text ->
            Optional.of(text)
                .filter(t -> BUCKET.matcher(t).matches() || isPath(t))
                .map(Location::new));
  }

  private static boolean isPath(String text) {
    return text.startsWith("/")
        && text.length() > 1
        && ConfigType.path().parse(text).filter(Path::isAbsolute).isPresent();
  }

  boolean isBucket() {
    return text.startsWith("s3:");
  }

  Place place(Optional<URI> endpoint, String region, boolean pathStyle) {
    Matcher bucket = BUCKET.matcher(text);
    if (!bucket.matches()) {
      return new Place.Directory(Path.of(text).normalize());
    }
    String prefix = bucket.group("prefix");
    return new Place.Bucket(
        new SiteConfig.Bucket(
            endpoint.orElseThrow(),
            region,
            bucket.group("name"),
            pathStyle,
            prefix == null ? "" : prefix));
  }
}
