package dev.nanoctl.appliance.support;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.LogLine;
import dev.nanoctl.appliance.RenderedFiles;
import dev.nanoctl.appliance.ServiceLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What lies in a site's folder, and its logs, as texts of a support bundle. */
public final class SitePapers {
  /** So many lines of each log. */
  public static final int LOG_LINES = 2000;

  private final Layout layout;
  private final Supplier<ServiceLogs> logs;

  /**
   * The papers of that site, which need not be installed whole.
   *
   * @param logs may fail, as may each of them
   */
  public SitePapers(Layout layout, Supplier<ServiceLogs> logs) {
    this.layout = layout;
    this.logs = logs;
  }

  /** Adds them; the logs last, as whoever keeps them may not answer. */
  public void collect(SupportFiles into) {
    into.take("nanoctl.yml", () -> MaskedConfig.of(text(layout.site().config())).text());
    into.take("state/instance.json", () -> text(layout.instance()));
    into.take("state/journal.jsonl", () -> text(layout.journal()));
    for (String name : new RenderedFiles(layout).names()) {
      into.take("rendered/" + name, () -> text(layout.root().resolve(name)));
    }
    into.attempt(
        "logs",
        () -> {
          ServiceLogs all = logs.get();
          for (String service : all.services()) {
            into.take("logs/" + service + ".log", () -> lines(all, service));
          }
        });
  }

  /** A search for every secret of the site. */
  public SecretScan scan() {
    return new SecretScan(SiteSecrets.of(layout.site(), text(layout.site().config())));
  }

  private static String lines(ServiceLogs logs, String service) {
    List<LogLine> found = logs.read(List.of(service), Optional.empty(), LOG_LINES);
    return found.stream().map(LogLine::text).collect(Collectors.joining("\n"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
