package dev.nanoctl.server.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3UnreachableTest {
  @TempDir private Path spool;

  @Test
  void anEndpointThatDoesNotAnswerIsUnavailableSoon() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    S3Settings nowhere =
        new S3Settings(
            new S3Settings.Place(
                URI.create("http://127.0.0.1:" + port), "us-east-1", "bucket", true, ""),
            new S3Settings.Keys("key", new Secret("a-secret-that-must-not-show")),
            spool);
    Instant start = Instant.now();
    try (S3ObjectStore store = S3ObjectStore.open(nowhere)) {
      throw new AssertionError(store.capabilities());
    } catch (ObjectStoreException e) {
      assertThat(e.problem()).isInstanceOf(ObjectStoreProblem.Unavailable.class);
      assertThat(e.getMessage())
          .contains("127.0.0.1:" + port)
          .doesNotContain("a-secret-that-must-not-show");
    }
    assertThat(new S3Probe(nowhere, InstantSource.system()).look().reach())
        .isEqualTo(S3Probe.Reach.NO_ANSWER);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }
}
