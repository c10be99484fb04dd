package dev.nanoctl.core.site;

import static dev.nanoctl.core.site.ConfigType.matching;
import static dev.nanoctl.core.site.ConfigType.oneOf;

import dev.nanoctl.core.site.SiteConfig.DatabaseTls;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The keys of {@code nanoctl.yml} about a database that somebody else runs. */
final class PostgresKeys {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_$.@-]{0,62}";

  static final ConfigKey<Optional<String>> HOST =
      new ConfigKey<>(
          "postgres.external.host",
          ConfigType.host().orNothing(),
          "",
          "A PostgreSQL server that somebody else runs, used instead of an own one.");

  static final ConfigKey<Integer> PORT =
      new ConfigKey<>("postgres.external.port", ConfigType.port(), "5432", "Its port.");

  static final ConfigKey<Optional<String>> DATABASE =
      new ConfigKey<>(
          "postgres.external.database",
          matching(NAME, "the name of a database: a letter, then letters, digits, _ $ . @ and -")
              .orNothing(),
          "",
          "An empty database there, which is then this instance's alone.");

  static final ConfigKey<Optional<String>> USER =
      new ConfigKey<>(
          "postgres.external.user",
          matching(NAME, "the name of a role: a letter, then letters, digits, _ $ . @ and -")
              .orNothing(),
          "",
          "The role to log in as; its password lies in secrets/database-password.");

  static final ConfigKey<DatabaseTls> TLS =
      new ConfigKey<>(
          "postgres.external.tls",
          oneOf(DatabaseTls.values()),
          "verify-full",
          "Encryption on the way there; off only on loopback and private addresses.");

  static final ConfigKey<Optional<Path>> CA =
      new ConfigKey<>(
          "postgres.external.ca",
          ConfigType.path().orNothing(),
          "",
          "What its certificate is trusted by, PEM, if no usual authority signed it.");

  static final ConfigKey<Boolean> REPLICATION =
      new ConfigKey<>(
          "postgres.external.replication",
          ConfigType.truth(),
          "false",
          "Back up its files and its log, for restores to any moment; the role needs REPLICATION.");

  private PostgresKeys() {}

  static Optional<ExternalDatabase> read(BackupKeys.Values values) {
    return values
        .get(HOST)
        .map(host ->
            new ExternalDatabase(
                host,
                values.get(PORT),
                values.get(DATABASE).orElseThrow(),
                values.get(USER).orElseThrow(),
                values.get(TLS),
                values.get(CA),
                values.get(REPLICATION)));
  }

  /** Whether nobody outside can listen on the way to that host, as far as its address tells. */
  static boolean isPrivate(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException _) {
      return false; // a name may lead anywhere, and tomorrow elsewhere
    }
    boolean uniqueLocal =
        address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
    return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal;
  }
}
