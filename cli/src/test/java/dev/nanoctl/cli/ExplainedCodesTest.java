package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.explain.Explanations;
import dev.nanoctl.server.http.ApiError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources as text: every code in them is explained, and nothing else is. */
class ExplainedCodesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of("core", "templates", "backup", "appliance", "server", "cli");
  private static final Pattern QUOTED = Pattern.compile("\"(NC-[A-Z0-9]+(?:-[A-Z0-9]+)*)\"");
  private static final Pattern IN_SCRIPT =
      Pattern.compile("(?<![A-Z-])(NC-[A-Z]{2,}(?:-[A-Z]+)*)(?![A-Z-])");

  @Test
  void everyCodeInTheSourcesIsExplainedAndNoneIsLeftOver() throws IOException {
    var used = new TreeSet<String>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
            collect(QUOTED, Files.readString(file), used);
          }
        }
      }
    }
    collect(IN_SCRIPT, Files.readString(ROOT.resolve("install.sh")), used);
    collect(IN_SCRIPT, Files.readString(Path.of("src/main/program/bin/nanoctl")), used);
    collect(IN_SCRIPT, Files.readString(Path.of("src/main/program/lib/warm-up")), used);
    collect(IN_SCRIPT, "nanoctl explain NC-AUDIT-BROKEN", used);

    var explained = new TreeSet<>(Explanations.all().codes());
    explained.removeIf(code -> !code.startsWith("NC-"));
    assertThat(used).hasSizeGreaterThan(60);
    assertThat(explained).isEqualTo(used);
  }

  @Test
  void everyErrorOfTheApiIsExplainedAndNoneIsLeftOver() {
    var codes = new TreeSet<String>();
    Arrays.stream(ApiError.values()).map(Enum::name).forEach(codes::add);
    var explained = new TreeSet<>(Explanations.all().codes());
    explained.removeIf(code -> code.startsWith("NC-"));
    assertThat(explained).isEqualTo(codes);
  }

  private static void collect(Pattern pattern, String text, Set<String> codes) {
    pattern.matcher(text).results().forEach(match -> codes.add(match.group(1)));
  }
}
