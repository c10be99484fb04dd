package dev.nanoctl.server.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        "..",
        "a/..",
        "../a",
        ".a",
        "a/.b",
        "A",
        "a\\b",
        "a b",
        "ä",
        "a\u0000b",
        "a/b/c/d/e/f/g/h/i",
        "a:b",
        "a%2e"
      })
  void aKeyThatCouldMeanSomethingElseSomewhereIsRefused(String path) {
    assertThatThrownBy(() -> new ObjectKey(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePackageKeyIsItsContent() {
    Sha256 sha256 = Sha256.of(new byte[0]);
    assertThat(ObjectKey.ofPackage(sha256).path())
        .isEqualTo("packages/e3/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(sha256.base64()).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  }
}
