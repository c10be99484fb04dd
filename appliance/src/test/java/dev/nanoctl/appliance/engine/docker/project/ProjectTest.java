package dev.nanoctl.appliance.engine.docker.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.site.SiteConfig.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectTest {
  /** Run with {@code -Dgolden.write=true} to write what is rendered as what is expected. */
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyFileOfAProfileIsAsWeKnowIt(Profile profile) throws Exception {
    Map<String, String> files = Project.render(Specs.of(profile));

    if (WRITE) {
      write(profile, files);
    }
    assertThat(files).isNotEmpty();
    for (var file : files.entrySet()) {
      assertThat(file.getValue()).as(file.getKey()).isEqualTo(golden(profile, file.getKey()));
    }
  }

  @Test
  void theComposeFileIsTheLastOne() {
    assertThat(Project.render(Specs.of(Profile.MINIMAL)).keySet()).last().isEqualTo("compose.yml");
  }

  @Test
  void theProjectIsNamedAfterTheInstancesRandomDigits() {
    assertThat(ProjectSpec.projectOf(Specs.INSTANCE)).isEqualTo("nanoctl-456789ab");
  }

  private static void write(Profile profile, Map<String, String> files) throws IOException {
    Path folder =
        Path.of(
            "src/test/resources/dev/nanoctl/appliance/engine/docker/project", Images.word(profile));
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static String golden(Profile profile, String file) throws IOException {
    if (WRITE) {
      return Files.readString(
          Path.of(
                  "src/test/resources/dev/nanoctl/appliance/engine/docker/project",
                  Images.word(profile))
              .resolve(file));
    }
    try (var in = ProjectTest.class.getResourceAsStream(Images.word(profile) + "/" + file)) {
      assertThat(in).as(Images.word(profile) + "/" + file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
