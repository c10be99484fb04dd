package dev.nanoctl.server.media.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.server.media.scan.EicarScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of H5P, on packages made here and on those of the folder {@code NANOCTL_H5P}. */
final class H5pTest {
  private static final String H5P =
      """
      {"title": "Grußkarte", "language": "und", "defaultLanguage": "de", "mainLibrary": "H5P.Card",
       "embedTypes": ["div"], "license": "CC BY-SA", "licenseVersion": "3.0",
       "authors": [{"name": "Ada", "role": "Author"}],
       "preloadedDependencies": [{"machineName": "H5P.Card", "majorVersion": "1", "minorVersion": 0}]}
      """;
  private static final String LIBRARY =
      """
      {"title": "Card", "machineName": "H5P.Card", "majorVersion": 1, "minorVersion": 0,
       "patchVersion": 6, "runnable": 1, "coreApi": {"majorVersion": 1, "minorVersion": 24},
       "preloadedJs": [{"path": "card.js"}], "preloadedCss": [{"path": "card.css"}]}
      """;

  private static Map<String, String> valid() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("h5p.json", H5P);
    files.put("content/content.json", "{\"greeting\": \"<p>Hallo liebe Welt!</p>\", \"w\": 300}");
    files.put("H5P.Card-1.0/library.json", LIBRARY);
    files.put("H5P.Card-1.0/card.js", "//");
    files.put("H5P.Card-1.0/card.css", "p {}");
    files.put("H5P.Card-1.0/semantics.json", "[]");
    files.put("H5P.Card-1.0/language/pt-br.json", "{}");
    return files;
  }

  private static Validation validate(Map<String, String> files) throws IOException {
    ZipForge forge = new ZipForge();
    files.forEach(forge::add);
    return new PackageValidator(new EicarScan()).validate(new BytesSource(forge.bytes()));
  }

  @Test
  void aValidPackageIsAcceptedWithWhatItSays() throws IOException {
    Validation validation = validate(valid());
    ValidationReport report = validation.report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.facts().kind()).isEqualTo(PackageKind.H5P);
    assertThat(report.facts().launchFile()).isNull();
    assertThat(report.metadata())
        .isEqualTo(
            new PackageMetadata("Grußkarte", "de", "CC-BY-SA-3.0", List.of("Ada"), null, null));
    assertThat(validation.text()).isEqualTo("Hallo liebe Welt!");
  }

  private static Arguments broken(String file, String from, String to, Rule rule, String entry) {
    return Arguments.of(file, from, to, rule, entry);
  }

  static Stream<Arguments> breakages() {
    String library = "H5P.Card-1.0/library.json";
    return Stream.of(
        broken("h5p.json", "}]}", "}]};", Rule.MALFORMED_JSON, "h5p.json"),
        broken("h5p.json", "{\"title\"", "[{\"title\"", Rule.MALFORMED_JSON, "h5p.json"),
        broken("h5p.json", "\"mainLibrary\"", "\"x\"", Rule.MANIFEST_FIELD, "h5p.json"),
        broken("h5p.json", "\"H5P.Card\",\n", "17,\n", Rule.MANIFEST_FIELD, "h5p.json"),
        broken("h5p.json", "Grußkarte", " ", Rule.MANIFEST_FIELD, "h5p.json"),
        broken("h5p.json", "\"embedTypes\"", "\"x\"", Rule.MANIFEST_FIELD, "h5p.json"),
        broken(
            "h5p.json", "\"minorVersion\": 0", "\"minorVersion\": 7", Rule.H5P_LIBRARY, "h5p.json"),
        broken(
            "content/content.json", "300}", "300};", Rule.MALFORMED_JSON, "content/content.json"),
        broken(library, "\"majorVersion\": 1, \"min", "\"min", Rule.MANIFEST_FIELD, library),
        broken(library, "\"title\": \"Card\", ", "", Rule.MANIFEST_FIELD, library),
        broken(library, "H5P.Card", "H5P.Other", Rule.H5P_FOLDER, library),
        broken(library, "24", "28", Rule.H5P_CORE, library),
        broken(library, "card.js", "card2.js", Rule.MISSING_FILE, library),
        broken(
            "H5P.Card-1.0/language/pt-br.json",
            "{}",
            "{ XXX",
            Rule.MALFORMED_JSON,
            "H5P.Card-1.0/language/pt-br.json"));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @MethodSource("breakages")
  void aBrokenPackageIsRefusedWithItsEntryAndRule(
      String file, String from, String to, Rule rule, String entry) throws IOException {
    Map<String, String> files = valid();
    String before = files.get(file);
    assertThat(before).contains(from);
    files.put(file, before == null ? "" : before.replace(from, to));
    ValidationReport report = validate(files).report();
    assertThat(report.ok()).isFalse();
    assertThat(report.findings())
        .anySatisfy(finding -> {
          assertThat(finding.rule()).isEqualTo(rule);
          assertThat(finding.entry()).isEqualTo(entry);
          assertThat(finding.code()).isEqualTo(FindingCode.MANIFEST_INVALID);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "content/content.json,MISSING_FILE,content/content.json",
    "H5P.Card-1.0/library.json,MISSING_FILE,H5P.Card-1.0/library.json",
    "H5P.Card-1.0/card.css,MISSING_FILE,H5P.Card-1.0/library.json"
  })
  void aMissingFileIsNamed(String file, Rule rule, String entry) throws IOException {
    Map<String, String> files = valid();
    files.remove(file);
    assertThat(validate(files).report().findings())
        .anySatisfy(finding -> {
          assertThat(finding.rule()).isEqualTo(rule);
          assertThat(finding.entry()).isEqualTo(entry);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "library!/library.json,H5P_FOLDER,library!/",
    "H5P.Card-1.0/language/XXX!.json,H5P_LANGUAGE,H5P.Card-1.0/language/XXX!.json"
  })
  void aWrongNameIsNamed(String file, Rule rule, String entry) throws IOException {
    Map<String, String> files = valid();
    files.put(file, "{}");
    assertThat(validate(files).report().findings())
        .extracting(Finding::rule, Finding::entry)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(rule, entry));
  }

  private static Path folder() {
    String folder = System.getProperty("NANOCTL_H5P", System.getenv("NANOCTL_H5P"));
    assumeTrue(folder != null, "skipped: set NANOCTL_H5P to a folder of H5P packages");
    return Path.of(String.valueOf(folder));
  }

  private static ValidationReport validate(Path file, int coreMinor) throws IOException {
    assumeTrue(Files.exists(file), "skipped: there is no " + file);
    PackageValidator validator =
        new PackageValidator(PackageLimits.STANDARD, coreMinor, new EicarScan());
    try (FileSource source = FileSource.open(file)) {
      return validator.validate(source).report();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "valid2.h5p,Greeting card,",
    "greetingcard1.h5p,Greeting card 1,",
    "valid3-3-images.h5p,agamotto,en-US",
    "interactive-content-2260.h5p,https://www.youtube.com/watch?v=mOwNaUQQJxo,"
  })
  void realPackagesAreAccepted(String file, String title, String language) throws IOException {
    ValidationReport report = validate(folder().resolve(file), PackageValidator.H5P_CORE_MINOR);
    assertThat(report.findings()).isEmpty();
    assertThat(report.metadata().title()).isEqualTo(title);
    assertThat(report.metadata().language()).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource({
    "corrupt_archive.h5p,27,NOT_A_ZIP,",
    "broken-h5p-json.h5p,27,MALFORMED_JSON,h5p.json",
    "broken-content-json.h5p,27,MALFORMED_JSON,content/content.json",
    "invalid-h5p-json-schema.h5p,27,MANIFEST_FIELD,h5p.json",
    "invalid-library-json.h5p,27,MANIFEST_FIELD,H5P.GreetingCard-1.0/library.json",
    "invalid-library-directory-name.h5p,27,H5P_FOLDER,H5P.GreetingCard-1.0/library.json",
    "malformed-library-directory.h5p,27,H5P_FOLDER,library!/",
    "invalid-language-file-json.h5p,27,MALFORMED_JSON,H5P.GreetingCard-1.0/language/fr.json",
    "missing-preloaded-js.h5p,27,MISSING_FILE,H5P.GreetingCard-1.0/library.json",
    "2-invalid-libraries.h5p,27,H5P_LANGUAGE,H5P.GreetingCard-1.0/language/XXX!.json",
    "2-invalid-libraries.h5p,27,MANIFEST_FIELD,H5P.GreetingCard2-1.0/library.json",
    "invalid-core-version.h5p,18,H5P_CORE,H5P.GreetingCard-1.0/library.json"
  })
  void realBrokenPackagesAreRefused(String file, int coreMinor, Rule rule, String entry)
      throws IOException {
    ValidationReport report = validate(folder().resolve(file), coreMinor);
    assertThat(report.ok()).isFalse();
    assertThat(report.findings())
        .anySatisfy(finding -> {
          assertThat(finding.rule()).isEqualTo(rule);
          assertThat(finding.entry()).isEqualTo(entry);
        });
  }
}
