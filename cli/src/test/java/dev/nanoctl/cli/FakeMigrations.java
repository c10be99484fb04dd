package dev.nanoctl.cli;

import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.cli.command.Migrations;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteFolder;
import java.util.List;

/** Notes what was to be moved, and moves nothing. */
record FakeMigrations(List<String> asked) implements Migrations {
  @Override
  public Plan plan(SiteFolder site, ConfigText wanted) {
    return new Plan("migrate", List.of());
  }

  @Override
  public void migrate(SiteFolder site, ConfigText wanted, Progress progress) {
    asked.add(
        "migrate "
            + wanted.values().entrySet().stream()
                .filter(entry -> entry.getKey().matches("site.engine|docker\\..*"))
                .map(Object::toString)
                .sorted()
                .toList());
  }

  @Override
  public boolean accept(SiteFolder site) {
    asked.add("migrate accept");
    return true;
  }
}
