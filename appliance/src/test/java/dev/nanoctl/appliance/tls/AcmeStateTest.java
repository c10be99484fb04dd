package dev.nanoctl.appliance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.tls.RenewalRule.Failures;
import dev.nanoctl.appliance.tls.RenewalRule.Window;
import dev.nanoctl.core.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcmeStateTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String DIRECTORY = "https://ca.example/dir";
  private static final Problem WHY = new Problem.Unavailable("NC-ACME-DNS", "no name", "make one");

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Path file = folder.resolve("acme.json");
    AcmeState state =
        AcmeState.none(DIRECTORY)
            .succeeded("ab12")
            .with(new Window(NOW, NOW.plusSeconds(60), NOW))
            .failed(WHY, NOW, Optional.of(NOW.plusSeconds(99)))
            .failed(WHY, NOW.plusSeconds(1), Optional.empty());
    state.write(file);
    assertThat(AcmeState.read(file, DIRECTORY)).isEqualTo(state);
    assertThat(state.failures()).isEqualTo(new Failures(2, NOW.plusSeconds(1), Optional.empty()));
  }

  @Test
  void whatWasNotAskedCountsAsNoFailure() {
    AcmeState state = AcmeState.none(DIRECTORY).unasked(WHY);
    assertThat(state.failures()).isEqualTo(Failures.NONE);
    assertThat(state.problem()).contains(WHY);
    assertThat(state.succeeded("x").problem()).isEmpty();
  }

  @Test
  void anotherAuthorityBeginsAnew() throws Exception {
    Path file = folder.resolve("acme.json");
    AcmeState.none(DIRECTORY).succeeded("ab12").failed(WHY, NOW, Optional.empty()).write(file);
    assertThat(AcmeState.read(file, "https://other.example/dir"))
        .isEqualTo(AcmeState.none("https://other.example/dir"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"directory\":\"https://ca.example/dir\",\"failures\":9999999999}",
        "{\"directory\":\"https://ca.example/dir\",\"failures\":1,\"failed_at\":\"soon\"}",
      })
  void aDamagedFileIsAsGoodAsNone(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("acme.json"), text);
    assertThat(AcmeState.read(file, DIRECTORY)).isEqualTo(AcmeState.none(DIRECTORY));
  }

  @ParameterizedTest
  @CsvSource({
    "dns, NC-ACME-DNS",
    "connection, NC-ACME-UNREACHABLE",
    "unauthorized, NC-ACME-WRONG-ANSWER",
    "caa, NC-ACME-CAA",
    "rejectedIdentifier, NC-ACME-NAME",
    "serverInternal, NC-ACME-FAILED",
  })
  void everyRefusalHasACodeAndAWayOut(String type, String code) {
    Problem problem =
        AcmeProblems.refusal("urn:ietf:params:acme:error:" + type, "its words", "a.example");
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.message()).contains("its words");
    assertThat(problem.fix()).isNotBlank();
  }
}
