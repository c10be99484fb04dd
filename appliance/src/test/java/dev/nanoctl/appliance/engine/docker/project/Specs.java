package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Profile;
import java.util.Map;
import java.util.Optional;

/** Values of projects that tests render. */
final class Specs {
  static final String INSTANCE = "01990000-0000-7000-8000-0123456789ab";
  static final Map<String, Integer> PORTS =
      Map.of(
          "postgres",
          25432,
          "redis-cache",
          26379,
          "redis-state",
          26380,
          "search",
          27700,
          "objects",
          28333);

  private static final SiteConfig.Alerts ALERTS =
      new SiteConfig.Alerts(
          Optional.of("http://192.0.2.7:9000/alerts"),
          Optional.of(
              new SiteConfig.Mail(
                  "admin@lernhof.example", "alerts@lernhof.example", "192.0.2.7:25")));

  private Specs() {}

  static ProjectSpec of(Profile profile) {
    return new ProjectSpec(
        INSTANCE,
        profile,
        new ProjectSpec.Web("0.0.0.0", 80, 443, true),
        new ProjectSpec.App(
            "nanoctl/app:0.1.0-abcdef", 1, Optional.empty(), "site:\n  name: lernhof\n"),
        Images.bundled(),
        host(0));
  }

  static ProjectSpec.Host host(int owner) {
    return new ProjectSpec.Host(
        PORTS,
        owner,
        owner,
        new SiteConfig.Postgres(
            Optional.empty(),
            Optional.empty(),
            40,
            Map.of("application_name", "it's here"),
            Optional.empty()),
        ALERTS);
  }

  static ProjectSpec with(ProjectSpec base, ProjectSpec.Web web) {
    return new ProjectSpec(
        base.instance(), base.profile(), web, base.app(), base.images(), base.host());
  }
}
