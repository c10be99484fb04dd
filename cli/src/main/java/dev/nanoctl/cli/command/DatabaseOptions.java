package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an installation that uses a database somebody else runs. */
final class DatabaseOptions {
  private static final Pattern PLACE =
      Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([^:/\\[\\]]+))(?::([0-9]+))?/([^/]+)");
  private static final String VERB = "install";

  @Option(
      names = "--database",
      paramLabel = "HOST[:PORT]/NAME",
      description = "Use this empty database of a PostgreSQL that somebody else runs.")
  @Nullable String place;

  @Option(names = "--database-user", paramLabel = "ROLE", description = "The role to log in as.")
  @Nullable String user;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "Holds that role's password (default: asked for).")
  @Nullable Path passwordFile;

  @Option(
      names = "--database-tls",
      paramLabel = "MODE",
      description = "verify-full (default), or off: for loopback and private addresses only.")
  @Nullable String tls;

  @Option(
      names = "--database-ca",
      paramLabel = "FILE",
      description = "PEM: what its certificate is trusted by, if no usual authority signed it.")
  @Nullable Path ca;

  @Option(
      names = "--database-replication",
      description = "Back up that server's files and log, for restores to any moment.")
  boolean replication;

  /** Adds what was chosen, by configuration key; a value that is not allowed is refused. */
  void choose(Map<String, String> chosen) {
    if (place == null) {
      for (Object other : new Object[] {user, passwordFile, tls, ca}) {
        if (other != null) {
          throw needsDatabase();
        }
      }
      if (replication) {
        throw needsDatabase();
      }
      return;
    }
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw usage("--database cannot be \"%s\"; allowed: HOST[:PORT]/NAME".formatted(place));
    }
    if (user == null) {
      throw usage("--database needs --database-user");
    }
    String host = Optional.ofNullable(parts.group(1)).orElseGet(() -> parts.group(2));
    put(chosen, "--database", "host", host);
    put(chosen, "--database", "port", parts.group(3));
    put(chosen, "--database", "database", parts.group(4));
    put(chosen, "--database-user", "user", user);
    put(chosen, "--database-tls", "tls", tls);
    put(chosen, "--database-ca", "ca", ca == null ? null : ca.toAbsolutePath().toString());
    put(chosen, "--database-replication", "replication", replication ? "true" : null);
  }

  private static RuntimeException needsDatabase() {
    return usage("--database-… options need --database");
  }

  private static void put(
      Map<String, String> chosen, String option, String key, @Nullable String value) {
    InstallOptions.put(chosen, VERB, option, "postgres.external." + key, value);
  }

  /**
   * The password, where the installation is to use a database of somebody else.
   *
   * @param kept where it lies if the site has it already
   */
  Optional<Secret> password(boolean external, Path kept, Prompts prompts) {
    if (!external || (passwordFile == null && Files.exists(kept))) {
      return Optional.empty();
    }
    return Optional.of(
        new SecretEntry(VERB)
            .of(
                passwordFile,
                "--database-password-file",
                "password of the database's role",
                "a database that somebody else runs needs",
                prompts));
  }

  private static RuntimeException usage(String message) {
    return new Problem.Usage("NC-USAGE", message, "nanoctl install --help").raise();
  }
}
