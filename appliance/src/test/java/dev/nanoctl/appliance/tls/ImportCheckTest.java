package dev.nanoctl.appliance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private Made made;

  @BeforeEach
  void make() throws Exception {
    made = new Made(NOW);
  }

  private TlsPair pair(String name) throws Exception {
    return made.pair(name, NOW, Duration.ofDays(90));
  }

  private static List<String> codes(TlsPair pair, String host, Instant now) {
    return ImportCheck.problems(pair, host, now).stream().map(Problem::code).toList();
  }

  @Test
  void aPairThatFitsIsWell() throws Exception {
    assertThat(codes(pair("a.example"), "a.example", NOW)).isEmpty();
    assertThat(codes(pair("*.example"), "a.example", NOW)).isEmpty();
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    var mixed = new TlsPair(pair("a.example").chain(), pair("a.example").key());
    assertThat(codes(mixed, "a.example", NOW)).containsExactly("NC-TLS-FILES");
  }

  @Test
  void aChainInAnotherOrderIsRefused() throws Exception {
    TlsPair pair = pair("a.example");
    var other = new Made(NOW).authority();
    var foreign = new TlsPair(List.of(pair.leaf(), other), pair.key());
    assertThat(codes(foreign, "a.example", NOW)).containsExactly("NC-TLS-CHAIN");
    var reversed = new TlsPair(pair.chain().reversed(), pair.key());
    assertThat(codes(reversed, "a.example", NOW)).contains("NC-TLS-FILES", "NC-TLS-CHAIN");
  }

  @Test
  void itMustBeValidNow() throws Exception {
    TlsPair pair = pair("a.example");
    assertThat(codes(pair, "a.example", NOW.plus(Duration.ofDays(91))))
        .containsExactly("NC-TLS-EXPIRED");
    assertThat(codes(pair, "a.example", NOW.minus(Duration.ofDays(2))))
        .containsExactly("NC-TLS-EARLY");
  }

  @Test
  void itMustBeForTheSitesName() throws Exception {
    assertThat(codes(pair("a.example"), "b.example", NOW)).containsExactly("NC-TLS-NAME");
    assertThat(codes(pair("*.example"), "x.a.example", NOW)).containsExactly("NC-TLS-NAME");
  }

  @Test
  void everyProblemSaysThatNothingWasChanged() throws Exception {
    assertThat(ImportCheck.problems(pair("a.example"), "b.example", NOW))
        .allMatch(problem -> problem.fix().startsWith("nothing was changed"));
  }
}
