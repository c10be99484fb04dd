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

  @Option(names = "--engine", paramLabel = "ENGINE", description = "embedded (the only one here).")
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

  @Option(names = "--port", paramLabel = "PORT", description = "The port (default: 8080).")
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

  /** What was chosen, by configuration key; a value that is not allowed is refused. */
  Map<String, String> chosen() {
    refuseOtherEngines();
    var chosen = new LinkedHashMap<String, String>();
    put(chosen, "--name", "site.name", name);
    put(chosen, "--engine", "site.engine", engine);
    put(chosen, "--email", "site.contact", email);
    put(chosen, "--bind", "server.bind", bind);
    put(chosen, "--port", "server.port", port);
    put(chosen, "--domain", "server.domain", domain);
    put(chosen, "--tls", "server.tls.mode", tls);
    put(chosen, "--tls-certificate", "server.tls.certificate", certificate);
    put(chosen, "--tls-key", "server.tls.key", key);
    return chosen;
  }

  private void refuseOtherEngines() {
    if (engine != null && !engine.equals("embedded")) {
      throw new Problem.Usage(
              "NC-ENGINE-UNKNOWN",
              "this version has the embedded engine only, not \"" + engine + "\"",
              "nanoctl install --engine embedded")
          .raise();
    }
  }

  private static void put(
      Map<String, String> chosen, String option, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    ConfigKey<?> known = SiteKeys.named(name).orElseThrow();
    Optional<String> allowed = value.isEmpty() ? Optional.of(known.allowed()) : known.refuse(value);
    allowed.ifPresent(form -> {
      throw new Problem.Usage(
              "NC-USAGE",
              option + " cannot be \"" + value + "\"; allowed: " + form,
              "nanoctl install --help")
          .raise();
    });
    chosen.put(name, value);
  }
}
