package dev.nanoctl.cli.drill;

import dev.nanoctl.cli.output.Amounts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** A drill's report as a page to read and to print; it loads nothing. */
final class DrillPage {
  private DrillPage() {}

  static String of(DrillReport report) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s: %2$s</title>
    <style>
    :root { color-scheme: light dark }
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
    h1 { font-size: 1.5rem; margin-bottom: .25rem }
    .verdict { font-size: 1.25rem; font-weight: 700; margin: 0 0 1.5rem }
    .ok { color: light-dark(#186a3b, #6fcf97) }
    .bad { color: light-dark(#b00020, #ff8a80) }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem }
    dt { opacity: .75 }
    dd { margin: 0; overflow-wrap: anywhere }
    table { border-collapse: collapse; width: 100%%; margin-top: 1.5rem }
    th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid #8886 }
    td:nth-child(2) { white-space: nowrap; font-weight: 600 }
    </style>
    </head>
    <body>
    <h1>%1$s</h1>
    <p class="verdict %3$s">%2$s</p>
    <dl>
    <dt>Site</dt><dd>%4$s</dd>
    <dt>Began</dt><dd>%5$s</dd>
    <dt>Restored from</dt><dd>%6$s</dd>
    <dt>Backup</dt><dd>%7$s</dd>
    <dt>Restored to</dt><dd>%8$s</dd>
    <dt>Would have been lost</dt><dd>%9$s (RPO)</dd>
    <dt>Back in service after</dt><dd>%10$s (RTO)</dd>
    </dl>
    <table>
    <thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">What was found</th></tr></thead>
    <tbody>
    %11$s
    </tbody>
    </table>
    </body>
    </html>
    """
        .formatted(
            "Restore drill",
            report.ok()
                ? "The backup can be restored"
                : "The backup could not be restored as it should",
            verdict(report.ok()),
            escape(report.target().site()),
            report.times().at().truncatedTo(ChronoUnit.SECONDS),
            escape(report.target().place()),
            escape(report.target().backup()),
            escape(report.target().to()),
            lost(report.times().rpoSeconds()),
            Amounts.time(Duration.ofSeconds(report.times().rtoSeconds())),
            report.checks().stream().map(DrillPage::row).collect(Collectors.joining("\n")));
  }

  private static String lost(long seconds) {
    return seconds < 0
        ? "could not be measured"
        : "at most " + Amounts.time(Duration.ofSeconds(seconds)) + " of changes";
  }

  private static String row(DrillReport.Check check) {
    return "<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td><td>%s</td></tr>"
        .formatted(
            escape(check.name()),
            verdict(check.ok()),
            check.ok() ? "✓ well" : "✗ not well",
            escape(check.detail()));
  }

  private static String verdict(boolean ok) {
    return ok ? "ok" : "bad";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
