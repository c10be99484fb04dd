package dev.nanoctl.appliance.engine.docker.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
  private static final String PIN = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void eachProfileHoldsTheOneBelow() {
    Images images = Images.bundled();

    assertThat(images.in(Profile.MINIMAL))
        .containsExactly(
            "entry", "app", "postgres", "redis-cache", "redis-state", "search", "objects");
    assertThat(images.in(Profile.STANDARD)).containsAll(images.in(Profile.MINIMAL));
    assertThat(images.in(Profile.FULL)).containsAll(images.in(Profile.STANDARD)).contains("loki");
  }

  @Test
  void aProfileFitsTheMachineItIsFor() {
    assertThat(sum(Profile.MINIMAL)).isLessThanOrEqualTo(2048);
    assertThat(sum(Profile.STANDARD)).isLessThanOrEqualTo(4096);
    assertThat(sum(Profile.FULL)).isLessThanOrEqualTo(8192);
  }

  private static long sum(Profile profile) {
    Images images = Images.bundled();
    return images.in(profile).stream()
        .map(service -> images.of(service).memory().get(profile))
        .mapToLong(size -> size.bytes() >> 20)
        .sum();
  }

  @Test
  void aFileChangesOnlyWhatItNames() {
    Images images =
        Images.bundled()
            .with("images.yml", "search:\n  image: localhost:5000/double:1\n  minimal: 100 MB\n");

    assertThat(images.of("search").reference()).isEqualTo("localhost:5000/double:1");
    assertThat(images.of("search").licence()).isEqualTo("MIT");
    assertThat(images.of("search").memory())
        .containsEntry(Profile.MINIMAL, ByteSize.megabytes(100))
        .containsEntry(Profile.STANDARD, ByteSize.megabytes(512));
    assertThat(images.of("entry")).isEqualTo(Images.bundled().of("entry"));
  }

  @Test
  void aDigestPinsATagAndGoesWithIt() {
    Images pinned = Images.bundled().with("images.yml", "entry:\n  digest: " + PIN + "\n");

    assertThat(pinned.of("entry").reference()).isEqualTo("nginx:1.30@" + PIN);
    assertThat(pinned.with("images.yml", "entry:\n  image: nginx:1.31\n").of("entry").reference())
        .isEqualTo("nginx:1.31");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serch:\\n  image: a:1|line 2, serch.image names no service; did you mean search?
          search:\\n  image: meilisearch|line 2, search.image must be a name and a tag
          search:\\n  tag: v2|line 2, search.tag is not known
          search:\\n  digest: abc|line 2, search.digest must be sha256:
          search:\\n  minimal: little|line 2, search.minimal must be an amount of memory
          search: v2|search names no service
          search:\\n  - a|takes one value, not a list
          """)
  void whatIsWrongIsNamedWithItsLine(String yaml, String message) {
    assertThatThrownBy(() -> Images.bundled().with("images.yml", yaml.replace("\\n", "\n")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("images.yml")
        .hasMessageContaining(message);
  }
}
