package dev.nanoctl.core.site;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file {@code nanoctl.yml} of a site. */
public record SiteConfigFile(Path path) {
  private static final String PERMISSIONS = "rw-r-----";

  /** One command reads the same file several times, and reading it takes longer than most else. */
  private static final AtomicReference<@Nullable Read> LAST = new AtomicReference<>();

  private record Read(ConfigText text, SiteConfig config) {}

  /** The configuration, if all of it is valid; otherwise a problem that lists every error. */
  public SiteConfig load() {
    return require(text());
  }

  /** The text as it is; a problem if there is none. */
  public ConfigText text() {
    try {
      return new ConfigText(Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new Problem.NotInstalled(
              "NC-NOT-INSTALLED",
              "there is no instance in " + folder(),
              "nanoctl install, or name another folder with --site")
          .raise(e);
    } catch (CharacterCodingException e) {
      throw new Problem.Configuration(
              "NC-CONFIG-INVALID", path + " is not UTF-8 text", "nanoctl config edit")
          .raise(e);
    } catch (IOException e) {
      throw new Problem.Configuration(
              "NC-CONFIG-UNREADABLE",
              "cannot read " + path + ": " + e.getClass().getSimpleName(),
              "run nanoctl as the account that owns " + folder())
          .raise(e);
    }
  }

  /** Replaces the file, durably and at once; the text must be valid. */
  public SiteConfig write(ConfigText text) {
    SiteConfig config = require(text);
    try {
      DurableFile.write(path, text.yaml().getBytes(StandardCharsets.UTF_8), PERMISSIONS);
    } catch (IOException e) {
      throw new Problem.Configuration(
              "NC-CONFIG-UNWRITABLE",
              "cannot write " + path + ": " + e.getClass().getSimpleName(),
              "check the free space and who owns " + folder())
          .raise(e);
    }
    return config;
  }

  /** The configuration a text stands for; a problem that lists every error if it is invalid. */
  public SiteConfig require(ConfigText text) {
    Read last = LAST.get();
    if (last != null && last.text().equals(text)) {
      return last.config();
    }
    return switch (text.check()) {
      case ConfigCheck.Valid(SiteConfig config) -> {
        LAST.set(new Read(text, config));
        yield config;
      }
      case ConfigCheck.Invalid(List<ConfigError> errors) -> throw invalid(errors).raise();
    };
  }

  /** One problem that lists all errors, a line each. */
  public Problem invalid(List<ConfigError> errors) {
    String count = errors.size() == 1 ? "1 error" : errors.size() + " errors";
    return new Problem.Configuration(
        "NC-CONFIG-INVALID",
        count
            + " in "
            + path
            + errors.stream().map(error -> "\n" + error).collect(Collectors.joining()),
        "nanoctl config edit");
  }

  private Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path : parent;
  }
}
