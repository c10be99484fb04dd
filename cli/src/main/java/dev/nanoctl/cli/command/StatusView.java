package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.StatusReport.Service;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.fleet.AutoscaleNote;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.SiteConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Shows how an instance is: one screen for people, one object for programs. */
final class StatusView {
  private final StatusReport report;
  private final BackupHealth backups;
  private final SiteConfig config;
  private final Instant now;

  StatusView(StatusReport report, BackupHealth backups, SiteConfig config, Instant now) {
    this.report = report;
    this.backups = backups;
    this.config = config;
    this.now = now;
  }

  void print(Output output) {
    output.heading(headline());
    output.gap();
    var rows = new ArrayList<Row>();
    report.services().forEach(service -> rows.add(row(service)));
    var usage = new UsageView(report.usage(), now);
    rows.add(usage.disk());
    usage.certificate().ifPresent(rows::add);
    rows.addAll(new BackupHealthView(backups, now).rows());
    output.rows(rows);
    if (!problems().isEmpty()) {
      output.gap();
      problems()
          .forEach(problem ->
              output.row(
                  new Row(Glyph.WARNING, problem.code(), problem.message(), problem.fix()), 0));
    }
  }

  private List<Problem> problems() {
    return Stream.concat(report.problems().stream(), backups.problems().stream()).toList();
  }

  /** Whether everything is well: what runs, and what is kept of it elsewhere. */
  boolean healthy() {
    return report.healthy() && backups.problems().isEmpty();
  }

  private String headline() {
    String since =
        report.since().map(at -> " for " + Amounts.age(Duration.between(at, now))).orElse("");
    boolean stopped =
        report.services().stream()
            .filter(service -> !isOfSomebodyElse(service))
            .allMatch(service -> service.state() == State.STOPPED);
    String health = stopped ? "stopped" : healthy() ? "healthy" : "not well";
    return String.join(
        " · ",
        config.site().name(),
        engine(),
        Version.current(),
        health + since,
        config.url().toString());
  }

  /** A database that nanoctl does not run does not stop with the instance. */
  private boolean isOfSomebodyElse(Service service) {
    return service.name().equals("postgres") && report.instance().external().isPresent();
  }

  private String engine() {
    return config.site().engine().name().toLowerCase(Locale.ROOT);
  }

  private Row row(Service service) {
    return Row.of(glyph(service), service.name(), join(state(service), detail(service)));
  }

  private static Glyph glyph(Service service) {
    return switch (service.state()) {
      case RUNNING -> service.healthy() ? Glyph.WELL : Glyph.BROKEN;
      case STARTING, RESTARTING -> Glyph.WARNING;
      case STOPPED -> Glyph.IDLE;
      case DOWN -> Glyph.BROKEN;
    };
  }

  private String state(Service service) {
    String since =
        service.since().map(at -> " " + Amounts.age(Duration.between(at, now))).orElse("");
    return switch (service.state()) {
      case RUNNING -> (service.healthy() ? "up" : "does not answer") + since;
      case STARTING -> "starting" + since;
      case RESTARTING -> "is started again" + since;
      case STOPPED -> "stopped" + since;
      case DOWN -> "down" + since;
    };
  }

  /** What there is to say besides how it is: the first of the app tells of the autoscaler. */
  private String detail(Service service) {
    String name = service.name();
    if (isOfSomebodyElse(service)) {
      String where = report.instance().external().orElseThrow().shown();
      return join("at " + where, new UsageView(report.usage(), now).detail(name));
    }
    boolean first = name.equals("app") || name.equals("app-1");
    return first && config.docker().autoscale().enabled()
        ? AutoscaleNote.find(report.instance().layout())
            .map(note -> "autoscale: " + note.why())
            .orElse("autoscale: not measured")
        : new UsageView(report.usage(), now).detail(name);
  }

  private static String join(String state, String detail) {
    return detail.isEmpty() ? state : state + " · " + detail;
  }

  void members(JsonWriter json) {
    json.field("instance", config.site().name())
        .field("engine", engine())
        .field("healthy", healthy())
        .field("url", config.url().toString())
        .field("version", Version.current())
        .field("site", report.instance().layout().root().toString())
        .array("services", report.services(), this::service)
        .object("backup", new BackupHealthView(backups, now)::summary)
        .array("problems", problems(), StatusView::problem);
    new UsageView(report.usage(), now).members(json);
  }

  private void service(JsonWriter json, Service service) {
    json.object(o -> {
      o.field("name", service.name())
          .field("state", service.state().name().toLowerCase(Locale.ROOT))
          .field("healthy", service.healthy());
      service.pid().ifPresent(pid -> o.field("pid", pid));
      service.container().ifPresent(id -> o.field("container", id));
      o.field("since", service.since().orElse(null));
      String detail = detail(service);
      if (!detail.isEmpty()) {
        o.field("detail", detail);
      }
    });
  }

  static void problem(JsonWriter json, Problem problem) {
    json.object(o ->
        o.field("code", problem.code())
            .field("message", problem.message())
            .field("fix", problem.fix()));
  }
}
