package dev.nanoctl.core.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTextTest {
  @TempDir private Path folder;

  private static final String TEXT =
      """
      # ours
      site:
        name: lernhof   # keep me
      server:
        # the port
        port: 8080
        tls:
          mode: off
      # the end
      """;

  @Test
  void aChangedValueLeavesTheRestAlone() {
    assertThat(changed("server.port", "9090")).isEqualTo(TEXT.replace("8080", "9090"));
    assertThat(changed("site.name", "other"))
        .isEqualTo(TEXT.replace("name: lernhof   # keep", "name: other   # keep"));
  }

  @Test
  void aMissingKeyIsAddedToItsSection() {
    assertThat(changed("site.contact", "a@b.example"))
        .isEqualTo(TEXT.replace("# keep me\n", "# keep me\n  contact: a@b.example\n"));
    assertThat(changed("server.tls.key", "k.pem"))
        .isEqualTo(TEXT.replace("mode: off\n", "mode: off\n    key: k.pem\n"));
  }

  @Test
  void aMissingSectionIsAdded() {
    assertThat(new ConfigText(changed("objects.directory", "nanos")).values())
        .containsEntry("objects.directory", "nanos")
        .containsEntry("site.name", "lernhof");
    assertThat(new ConfigText("").with("log.level", "debug").orElseThrow().yaml())
        .isEqualTo("log:\n  level: debug\n");
  }

  @Test
  void settingsOfTheDatabaseKeepTheirDots() {
    String yaml = changed("postgres.settings.auto_explain.log_min_duration", "1s");
    assertThat(new ConfigText(yaml).values())
        .containsEntry("postgres.settings.auto_explain.log_min_duration", "1s");
  }

  @Test
  void valuesThatYamlWouldMisreadAreQuoted() {
    for (String value : new String[] {"a: b", "x # y", "'q'", "", "[", "ü", "*a", "&a", "- a"}) {
      assertThat(new ConfigText(changed("site.contact", value)).values())
          .containsEntry("site.contact", value);
    }
  }

  @Test
  void aSectionOnOneLineIsLeftToPeople() {
    assertThat(new ConfigText("server: {port: 1}").with("server.bind", "::1")).isEmpty();
    assertThat(new ConfigText("server: {port: 1}").with("server.port", "2").orElseThrow().yaml())
        .isEqualTo("server: {port: 2}");
  }

  @Test
  void aKeyIsRemovedWithItsLine() {
    assertThat(new ConfigText(TEXT).without("server.tls.mode").orElseThrow().yaml())
        .isEqualTo(TEXT.replace("    mode: off\n", ""));
    assertThat(new ConfigText(TEXT).without("log.level").orElseThrow().yaml()).isEqualTo(TEXT);
  }

  @Test
  void aNewFileShowsEveryKeyAndIsValid() {
    ConfigText text = NewSite.text(Map.of("server.port", "9000", "site.name", "lernhof"));
    assertThat(text.check()).isInstanceOf(ConfigCheck.Valid.class);
    assertThat(text.values()).isEqualTo(Map.of("server.port", "9000", "site.name", "lernhof"));
    for (ConfigKey<?> key : SiteKeys.all()) {
      String last = key.name().substring(key.name().lastIndexOf('.') + 1);
      assertThat(text.yaml()).containsPattern("(?m)^ +(# )?" + last + ":.* # \\Q" + key.meaning());
    }
  }

  @Test
  void aCommentedDefaultOfANewFileComesToLife() {
    ConfigText text = NewSite.text(Map.of());
    for (ConfigKey<?> key : SiteKeys.all()) {
      ConfigText changed = text.with(key.name(), "value").orElseThrow();
      assertThat(changed.values()).isEqualTo(Map.of(key.name(), "value"));
      assertThat(changed.yaml().lines()).hasSameSizeAs(text.yaml().lines().toList());
    }
  }

  @Test
  void anInvalidTextIsNeverWritten() throws IOException {
    var file = new SiteConfigFile(folder.resolve("nanoctl.yml"));
    file.write(new ConfigText(TEXT));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> file.write(new ConfigText("server: {port: 0}\nlog: {files: 0}")))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("NC-CONFIG-INVALID"))
        .withMessageContaining("2 errors in")
        .withMessageContaining("line 1, server.port: cannot be \"0\"")
        .withMessageContaining("line 2, log.files: cannot be \"0\"");
    assertThat(Files.readString(file.path())).isEqualTo(TEXT);
    assertThat(file.load().server().port()).isEqualTo(8080);
  }

  @Test
  void aMissingFileMeansNoInstance() {
    var file = new SiteConfigFile(folder.resolve("none/nanoctl.yml"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(file::load)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("NC-NOT-INSTALLED"));
  }

  private static String changed(String key, String value) {
    return new ConfigText(TEXT).with(key, value).orElseThrow().yaml();
  }
}
