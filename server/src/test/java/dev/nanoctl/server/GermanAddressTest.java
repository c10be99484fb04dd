package dev.nanoctl.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** German texts say "du". */
final class GermanAddressTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern FORMAL =
      Pattern.compile("\"[^\"\\n]*\\b(Sie|Ihnen|Ihre?[nmrs]?)\\b[^\"\\n]*\"");

  @Test
  void nobodyIsAddressedFormally() throws IOException {
    List<String> formal = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(files).hasSizeGreaterThan(100);
    for (Path file : files) {
      FORMAL
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> formal.add(file.getFileName() + ": " + found.group()));
    }
    assertThat(formal).isEmpty();
  }
}
