package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Profile;
import java.util.Map;
import java.util.Optional;

/**
 * All that decides how an instance's Compose project looks.
 *
 * @param instance the instance's id
 * @param profile which services run, with how much memory
 * @param web where and how the entry answers
 * @param app the application's containers
 * @param images the programs of all other services
 * @param host what follows from the machine and from the site's configuration
 */
public record ProjectSpec(
    String instance, Profile profile, Web web, App app, Images images, Host host) {

  /**
   * Where the entry answers.
   *
   * @param bind the address of this machine that it is published on
   * @param httpPort for plain HTTP; with TLS only for the redirect and for certificate challenges
   * @param httpsPort for HTTPS; not published without TLS
   * @param tls whether the entry itself speaks TLS; if not, a proxy in front does, or nobody
   */
  public record Web(String bind, int httpPort, int httpsPort, boolean tls) {}

  /**
   * The application's containers.
   *
   * @param image name and tag of the image built from nanoctl
   * @param count how many run, from 1
   * @param memory the most each may take; empty: what its profile says
   * @param config what they read of the site's configuration when they start, without what only
   *     says how many run: when it changes, they are replaced
   */
  public record App(String image, int count, Optional<ByteSize> memory, String config) {
    /** Refuses fewer than one. */
    public App {
      if (count < 1) {
        throw new IllegalArgumentException("at least one application container must run");
      }
    }
  }

  /**
   * The machine's part.
   *
   * @param ports on the loopback address, by service; a service without one is not published, and
   *     without that of {@code otel-collector} no logs are collected
   * @param owner the numeric id of the account that owns the secrets' files; 0 for root
   * @param group its group's id
   * @param postgres what the site's configuration says about the database
   * @param alerts who is told about alerts
   */
  public record Host(
      Map<String, Integer> ports,
      int owner,
      int group,
      SiteConfig.Postgres postgres,
      SiteConfig.Alerts alerts) {
    /** Keeps its own copy. */
    public Host {
      ports = Map.copyOf(ports);
    }
  }

  /**
   * The Compose project's name, which every name of a network, volume and container begins with.
   */
  public String project() {
    return projectOf(instance);
  }

  /**
   * The project's name of an instance: {@code nanoctl-} and the last eight hexadecimal digits of
   * its id, which are its random part.
   */
  public static String projectOf(String instance) {
    String digits = instance.replace("-", "");
    if (digits.length() < 8) {
      throw new IllegalArgumentException("not an instance's id: " + instance);
    }
    return "nanoctl-" + digits.substring(digits.length() - 8);
  }

  /** The most memory a container of that service may take. */
  public ByteSize memory(String service) {
    ByteSize limit = images.of(service).memory().get(profile);
    if (limit == null) {
      throw new IllegalArgumentException(
          service + " is not part of profile " + Images.word(profile));
    }
    return service.equals("app") ? app.memory().orElse(limit) : limit;
  }
}
