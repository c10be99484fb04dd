package dev.nanoctl.cli;

import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RestorePlans;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.cli.command.Drills;
import dev.nanoctl.cli.command.Recoveries;
import dev.nanoctl.cli.command.Restores;
import dev.nanoctl.cli.drill.DrillReport;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Restores and drills that only remember what was asked. */
record FakeReturn(List<String> asked) implements Restores, Recoveries, Drills {
  private static final DrillReport REPORT =
      new DrillReport(
          "20261121T120000Z",
          new DrillReport.Target("site", "/mnt/backup", "dde1d872", "newest"),
          new DrillReport.Times(FakeParts.NOW, 2, 15),
          List.of(new DrillReport.Check("rows", true, "29 tables have as many rows as counted")));

  @Override
  public Preview preview(SiteFolder site, Restores.Wish wish) {
    return new Preview(
        RestorePlans.restore(Supervision.DAEMON),
        new Beginning("first", "dde1d872-f7d1-49a4-8ed5-5220e592f310", FakeParts.NOW),
        List.of("000000010000000000000002"),
        55_000_000,
        Duration.ofSeconds(22),
        Optional.empty());
  }

  @Override
  public void restore(SiteFolder site, Restores.Wish wish, Progress progress) {
    asked.add("restore to " + wish.to());
  }

  @Override
  public boolean accept(SiteFolder site) {
    return asked.add("restore accept");
  }

  @Override
  public void undo(SiteFolder site, Progress progress) {
    asked.add("restore undo");
  }

  @Override
  public Plan plan(SiteFolder site, Recoveries.Wish wish) {
    return RestorePlans.restore(Supervision.DAEMON);
  }

  @Override
  public InstallSummary recover(SiteFolder site, Recoveries.Wish wish, Progress progress) {
    throw new Problem.Usage(
            "NC-RECOVER-INSTALLED", "there is an instance in " + site.root(), "nanoctl restore")
        .raise();
  }

  @Override
  public boolean resume(SiteFolder site, Progress progress) {
    return false;
  }

  @Override
  public Kept run(SiteFolder site, Order order, Consumer<String> news) {
    asked.add(order.sampled() ? "drill sampled" : "drill");
    return kept();
  }

  @Override
  public List<Kept> list(SiteFolder site) {
    return List.of(kept());
  }

  @Override
  public Kept show(SiteFolder site, String id) {
    return kept();
  }

  private static Kept kept() {
    return new Kept(REPORT, true, Path.of("/site/state/drills/20261121T120000Z.html"));
  }
}
