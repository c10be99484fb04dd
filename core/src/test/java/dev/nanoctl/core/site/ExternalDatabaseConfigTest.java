package dev.nanoctl.core.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database that somebody else runs, in the configuration. */
class ExternalDatabaseConfigTest {
  @Test
  void aDatabaseThatSomebodyElseRunsIsVerifiedUnlessOneSaysOtherwise() {
    assertThat(ConfigCheckTest.valid(external("host: db.example")).postgres().external())
        .contains(
            new SiteConfig.ExternalDatabase(
                "db.example",
                5432,
                "lernhof",
                "nano@db",
                SiteConfig.DatabaseTls.VERIFY_FULL,
                Optional.empty(),
                false));
    assertThat(
            ConfigCheckTest.valid(
                    external("host: 10.0.0.7, port: 6432, tls: off, ca: ca.pem, replication: true"))
                .postgres()
                .external())
        .contains(
            new SiteConfig.ExternalDatabase(
                "10.0.0.7",
                6432,
                "lernhof",
                "nano@db",
                SiteConfig.DatabaseTls.OFF,
                Optional.of(Path.of("ca.pem")),
                true));
    assertThat(ConfigCheckTest.valid("").postgres().external()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.8.8, true",
    "localhost, true",
    "::1, true",
    "10.1.2.3, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.0.1, true",
    "fd12::1, true",
    "8.8.8.8, false",
    "2001:db8::1, false",
    "db.internal, false"
  })
  void withoutEncryptionADatabaseIsOnAPrivateAddress(String host, boolean allowed) {
    ConfigCheck check = new ConfigText(external("host: '%s', tls: off".formatted(host))).check();
    if (allowed) {
      assertThat(check).isInstanceOf(ConfigCheck.Valid.class);
    } else {
      assertThat(((ConfigCheck.Invalid) check).errors())
          .singleElement()
          .satisfies(error -> {
            assertThat(error.key()).isEqualTo("postgres.external.tls");
            assertThat(error.message()).contains("travel in the clear").contains(host);
          });
    }
  }

  @Test
  void containersDoNotUseADatabaseThatSomebodyElseRuns() {
    assertThat(ConfigCheckTest.invalid("site: {engine: docker}\n" + external("host: db.example")))
        .extracting(ConfigError::key)
        .containsExactly("postgres.external.host");
  }

  @Test
  void whatIsSaidAboutTheOwnDatabaseIsRefusedBesideAnother() {
    String own = "  port: 5433\n  connections: 50\n  settings: {work_mem: 8MB}\n";
    assertThat(ConfigCheckTest.invalid(external("host: db.example") + own))
        .extracting(ConfigError::key)
        .containsExactlyInAnyOrder(
            "postgres.port", "postgres.connections", "postgres.settings.work_mem");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          postgres: {external: {host: db.example}} | postgres.external.database | 0 | is needed with postgres.external.host
          postgres: {external: {host: db.example}} | postgres.external.user | 0 | is needed with postgres.external.host
          postgres: {external: {host: "db:5432"}} | postgres.external.host | 1 | without scheme and port
          postgres: {external: {database: "a b"}} | postgres.external.database | 1 | the name of a database
          postgres: {external: {user: 1a}}     | postgres.external.user | 1 | the name of a role
          postgres: {external: {tls: prefer}}  | postgres.external.tls | 1 | allowed: verify-full, off
          postgres: {external: {password: x}}  | postgres.external.password | 1 | secrets do not belong in this file
          """)
  void aBadValueIsBlamedOnItsKeyWithWhatIsAllowed(
      String yaml, String key, int line, String message) {
    assertThat(ConfigCheckTest.invalid(yaml + "\n"))
        .anySatisfy(error -> {
          assertThat(error.key()).isEqualTo(key);
          assertThat(error.line()).isEqualTo(line);
          assertThat(error.message()).contains(message);
        });
  }

  private static String external(String more) {
    return "postgres:\n  external: {database: lernhof, user: nano@db, %s}\n".formatted(more);
  }
}
