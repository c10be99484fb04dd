package dev.nanoctl.core.site;

import static dev.nanoctl.core.site.ConfigType.between;
import static dev.nanoctl.core.site.ConfigType.matching;
import static dev.nanoctl.core.site.ConfigType.oneOf;

import dev.nanoctl.core.site.SiteConfig.Profile;
import java.util.Optional;

/** The keys of {@code nanoctl.yml} that only the Docker engine obeys. */
final class DockerKeys {
  private static final int MOST_APPS = 20;

  static final ConfigKey<Profile> PROFILE =
      new ConfigKey<>(
          "docker.profile",
          oneOf(Profile.values()),
          "minimal",
          "Which services run: minimal (2 GB of memory), standard (metrics, 4 GB), full (8 GB).");

  static final ConfigKey<Integer> APPS =
      new ConfigKey<>(
          "docker.apps", between(1, MOST_APPS), "1", "How many containers serve the application.");

  static final ConfigKey<Integer> HTTP_PORT =
      new ConfigKey<>(
          "docker.http_port",
          ConfigType.port(),
          "80",
          "The port of plain HTTP, which sends browsers on to HTTPS unless tls is off.");

  static final ConfigKey<Integer> HTTPS_PORT =
      new ConfigKey<>("docker.https_port", ConfigType.port(), "443", "The port of HTTPS.");

  static final ConfigKey<Boolean> AUTOSCALE =
      new ConfigKey<>(
          "docker.autoscale.enabled",
          ConfigType.truth(),
          "false",
          "Whether the number of application containers follows the load.");

  static final ConfigKey<Integer> AUTOSCALE_MIN =
      new ConfigKey<>(
          "docker.autoscale.min", between(1, MOST_APPS), "1", "The fewest, while it does.");

  static final ConfigKey<Integer> AUTOSCALE_MAX =
      new ConfigKey<>(
          "docker.autoscale.max", between(1, MOST_APPS), "5", "The most, while it does.");

  static final ConfigKey<Integer> AUTOSCALE_CPU =
      new ConfigKey<>(
          "docker.autoscale.cpu",
          between(10, 95),
          "70",
          "The share of their processors, in percent, that is aimed at.");

  static final ConfigKey<Optional<String>> ALERTS_WEBHOOK =
      new ConfigKey<>(
          "docker.alerts.webhook",
          matching(
                  "https?://[A-Za-z0-9.\\[\\]:-]+(/[^\\s'\"@\\\\]*)?",
                  "http:// or https:// with a host and a path, without user and quotes")
              .orNothing(),
          "",
          "Where alerts are posted as JSON, from profile standard on; no place for secrets.");

  static final ConfigKey<Optional<String>> ALERTS_EMAIL =
      new ConfigKey<>(
          "docker.alerts.email",
          ConfigType.email().orNothing(),
          "",
          "Whom alerts are sent to by e-mail, from profile standard on.");

  static final ConfigKey<Optional<String>> ALERTS_FROM =
      new ConfigKey<>(
          "docker.alerts.from", ConfigType.email().orNothing(), "", "Whom that e-mail is from.");

  static final ConfigKey<Optional<String>> ALERTS_SMTP =
      new ConfigKey<>(
          "docker.alerts.smtp",
          matching("[A-Za-z0-9][A-Za-z0-9.-]*:[0-9]{1,5}", "host:port, such as 192.168.1.5:25")
              .orNothing(),
          "",
          "A mail server that takes e-mail from this machine without a password.");

  private DockerKeys() {}
}
