package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.fleet.AutoscaleNote;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.site.SiteConfig;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code nanoctl autoscale status}. */
@Command(
    name = "status",
    description = "Show between which numbers it chooses, and what it saw last.")
public final class AutoscaleStatusCommand implements Runnable {
  private final Invocation invocation;

  /** Shows that of the instance that is meant. */
  public AutoscaleStatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    SiteConfig.Autoscale now = invocation.configFile().load().docker().autoscale();
    Optional<AutoscaleNote> last =
        now.enabled() ? AutoscaleNote.find(new Layout(invocation.site())) : Optional.empty();
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> {
        AutoscaleKeys.members(json, now);
        last.ifPresent(note ->
            json.object(
                "last",
                o -> o.field("apps", note.apps()).field("why", note.why()).field("at", note.at())));
      });
      return;
    }
    var rows = new ArrayList<Row>();
    rows.add(Row.of(now.enabled() ? Glyph.WELL : Glyph.IDLE, "autoscale", AutoscaleKeys.said(now)));
    if (now.enabled()) {
      rows.add(
          Row.of(
              Glyph.IDLE,
              "last look",
              last.map(note ->
                      "%s · %s · %s UTC"
                          .formatted(
                              Amounts.count(note.apps(), "container", "containers"),
                              note.why(),
                              note.at().toString().substring(11, 19)))
                  .orElse("none yet; the agent looks every 15 s")));
    }
    output.rows(rows);
  }
}
