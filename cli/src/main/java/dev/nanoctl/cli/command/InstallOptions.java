package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an installation that become part of the site configuration. */
final class InstallOptions {
  @Option(names = "--name", paramLabel = "NAME", description = "What the instance is called.")
  @Nullable String name;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "embedded (default: processes of this machine) or docker.")
  @Nullable String engine;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "The first administrator.")
  @Nullable String email;

  @Option(names = "--domain", paramLabel = "NAME", description = "The host name people use.")
  @Nullable String domain;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The IP address to listen on (default: 127.0.0.1).")
  @Nullable String bind;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port (default: 8080; with docker 80, with TLS 443).")
  @Nullable String port;

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      description = "off, self-signed, files or acme (default: off on loopback, else self-signed).")
  @Nullable String tls;

  @Option(names = "--tls-certificate", paramLabel = "FILE", description = "PEM, for --tls files.")
  @Nullable String certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM, for --tls files.")
  @Nullable String key;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "With docker: minimal (default), standard or full.")
  @Nullable String profile;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "With docker and TLS: the port that sends browsers on (default: 80).")
  @Nullable String httpPort;

  /** What was chosen, by configuration key; a value that is not allowed is refused. */
  Map<String, String> chosen() {
    var chosen = new LinkedHashMap<String, String>();
    put(chosen, "install", "--name", "site.name", name);
    put(chosen, "install", "--engine", "site.engine", engine);
    put(chosen, "install", "--email", "site.contact", email);
    put(chosen, "install", "--bind", "server.bind", bind);
    put(chosen, "install", "--profile", "docker.profile", profile);
    put(chosen, "install", "--http-port", "docker.http_port", httpPort);
    put(chosen, "install", "--port", portKey(), port);
    put(chosen, "install", "--domain", "server.domain", domain);
    put(chosen, "install", "--tls", "server.tls.mode", tls);
    put(chosen, "install", "--tls-certificate", "server.tls.certificate", certificate);
    put(chosen, "install", "--tls-key", "server.tls.key", key);
    return chosen;
  }

  /** Where browsers reach the instance, which is another key with docker. */
  private String portKey() {
    if (!"docker".equals(engine)) {
      return "server.port";
    }
    boolean plain = tls == null ? loopback() : tls.equals("off");
    return plain ? "docker.http_port" : "docker.https_port";
  }

  private boolean loopback() {
    return bind == null || bind.startsWith("127.") || bind.equals("::1");
  }

  /**
   * Takes an option of that verb that was given; a value that its key does not allow is refused.
   */
  static void put(
      Map<String, String> chosen, String verb, String option, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    ConfigKey<?> known = SiteKeys.named(name).orElseThrow();
    Optional<String> allowed = value.isEmpty() ? Optional.of(known.allowed()) : known.refuse(value);
    allowed.ifPresent(form -> {
      throw new Problem.Usage(
              "NC-USAGE",
              option + " cannot be \"" + value + "\"; allowed: " + form,
              "nanoctl " + verb + " --help")
          .raise();
    });
    chosen.put(name, value);
  }
}
