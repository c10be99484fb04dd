package dev.nanoctl.core.site;

import static dev.nanoctl.core.site.ConfigType.between;
import static dev.nanoctl.core.site.ConfigType.oneOf;

import dev.nanoctl.core.site.SiteConfig.Profile;

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

  private DockerKeys() {}
}
