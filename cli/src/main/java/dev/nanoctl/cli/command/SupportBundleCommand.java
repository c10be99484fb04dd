package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.support.Hit;
import dev.nanoctl.appliance.support.SitePapers;
import dev.nanoctl.appliance.support.SupportFile;
import dev.nanoctl.appliance.support.SupportFiles;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.LiveLine;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl support-bundle}. */
@Command(
    name = "support-bundle",
    description = {
      "Write one file (ZIP) for whoever helps, without any secret in it.",
      "It holds status, checks, versions, the configuration with its secrets masked, "
          + "rendered files, the journal and the last lines of every log. Before it is written, "
          + "everything is searched for every secret of the instance; a hit refuses it."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:the file is written", "16:a secret would be in it; nothing is written"})
public final class SupportBundleCommand implements Runnable {
  private static final int MOST_PLACES = 5;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** What only the instance itself knows. */
  public interface Site {
    /** What it is made of, by name. */
    Map<String, String> versions(SiteFolder site);

    /** What lies in its folder, and its logs. */
    SitePapers papers(SiteFolder site);
  }

  private final Invocation invocation;
  private final Site instance;
  private final SupportFacts facts;
  private final InstantSource clock;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to (default: nanoctl-support-TIME.zip in this folder).")
  private @Nullable Path output;

  @Option(
      names = "--leave-out",
      paramLabel = "NAME",
      description = "Leave out this part, such as logs/app.log; may be repeated.")
  private @Nullable List<String> without;

  /**
   * Writes about the instance that is meant.
   *
   * @param facts what other commands say about it
   */
  public SupportBundleCommand(
      Invocation invocation, Site instance, SupportFacts facts, InstantSource clock) {
    this.invocation = invocation;
    this.instance = instance;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Path target = target(now);
    var step = new AtomicReference<>("");
    byte[] bundle;
    SupportFiles files =
        new SupportFiles(without == null ? Set.of() : Set.copyOf(without), step::set);
    try (var live = new LiveLine(invocation.output())) {
      live.show(step::get);
      bundle = bundle(files, now, step);
    }
    try {
      DurableFile.write(target, bundle, "rw-------");
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    report(target, bundle.length, files);
  }

  private byte[] bundle(SupportFiles files, Instant now, AtomicReference<String> step) {
    SiteFolder site = invocation.site();
    SitePapers papers = instance.papers(site);
    facts.collect(site, files);
    files.take("versions.json", () -> SupportFacts.versions(instance.versions(site)));
    papers.collect(files);
    files.take("bundle.json", () -> SupportFacts.contents(files, now));
    step.set("searching for secrets");
    List<Hit> hits = papers.scan().in(files.files());
    if (!hits.isEmpty()) {
      throw refused(hits);
    }
    step.set("packing");
    return zip(files.files(), now);
  }

  private RuntimeException refused(List<Hit> hits) {
    String places =
        hits.stream().limit(MOST_PLACES).map(Hit::toString).collect(Collectors.joining("; "));
    int more = hits.size() - MOST_PLACES;
    String options =
        hits.stream()
            .map(Hit::file)
            .distinct()
            .map(" --leave-out "::concat)
            .collect(Collectors.joining());
    return new Problem.Verification(
            "NC-BUNDLE-SECRET",
            "the bundle would hold secrets, nothing was written: "
                + places
                + (more > 0 ? "; and %d more".formatted(more) : ""),
            "give what leaked a new value (nanoctl secrets rotate), then: "
                + invocation.command("support-bundle" + options))
        .raise();
  }

  private static byte[] zip(List<SupportFile> files, Instant now) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (SupportFile file : files) {
        var entry = new ZipEntry(file.name());
        entry.setTime(now.toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(file.text().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Nothing is collected for a file that cannot be written, and none is replaced. */
  private Path target(Instant now) {
    Path target =
        (output == null ? Path.of("nanoctl-support-" + STAMP.format(now) + ".zip") : output)
            .toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unwritable(target, new NotDirectoryException(String.valueOf(folder)));
    }
    if (Files.exists(target)) {
      throw unwritable(target, new FileAlreadyExistsException(target.toString()));
    }
    return target;
  }

  private static RuntimeException unwritable(Path target, IOException e) {
    return new Problem.Usage(
            "NC-BUNDLE-UNWRITABLE",
            "%s cannot be written: %s"
                .formatted(
                    target,
                    switch (e) {
                      case FileAlreadyExistsException _ -> "it is there already";
                      case NotDirectoryException _ -> "there is no such folder";
                      default -> String.valueOf(e.getMessage());
                    }),
            "nanoctl support-bundle --output FILE")
        .raise(e);
  }

  private void report(Path target, int bytes, SupportFiles files) {
    Output out = invocation.output();
    if (out.wishes().json()) {
      out.json(json -> members(json, target, bytes, files));
    } else if (!out.wishes().quiet()) {
      files
          .missing()
          .forEach(missing -> out.row(Row.of(Glyph.WARNING, missing.name(), missing.why()), 0));
      out.row(
          Row.of(
              Glyph.DONE,
              target.toString(),
              "%d texts · %s · no secret found"
                  .formatted(files.files().size(), new ByteSize(bytes))),
          0);
    }
  }

  private static void members(JsonWriter json, Path target, int bytes, SupportFiles files) {
    json.field("file", target.toString()).field("bytes", bytes);
    SupportFacts.contents(json, files);
  }
}
