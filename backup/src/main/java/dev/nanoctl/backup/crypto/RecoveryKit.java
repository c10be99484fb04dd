package dev.nanoctl.backup.crypto;

import dev.nanoctl.core.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What has to be kept away from the machine to bring an appliance back when all is lost: the
 * recovery key and where the repository is. It holds no account of the target.
 *
 * @param site the appliance's name
 * @param repository which repository the key opens
 * @param places the targets' addresses, for people
 * @param made when
 * @param key opens the repository
 */
public record RecoveryKit(
    String site, UUID repository, List<String> places, Instant made, RecoveryKey key) {
  /** Keeps its own copy. */
  public RecoveryKit {
    places = List.copyOf(places);
  }

  /** The key and the repository in one line, as the QR code holds them. */
  public Secret line() {
    return new Secret("NANOCTL:KIT:1:" + repository + ":" + key.text().value());
  }

  /** For a terminal or a text file, with the QR code drawn in characters. */
  public Secret text() {
    return new Secret(
        """
        nanoctl recovery kit

        site         %s
        repository   %s
        kept at      %s
        made         %s

        recovery key
          %s

        %s
        Whoever holds this key and can read the repository can read everything in it.
        Print it, keep it away from the server, and delete this file.

        To bring the site back on an empty machine:
          nanoctl recover --kit FILE
        and have the account of the storage at hand; it is not in this kit.
        """
            .formatted(
                site,
                repository,
                String.join("\n             ", places),
                made.truncatedTo(ChronoUnit.SECONDS),
                groups("\n  "),
                new QrCode(line().value()).text()));
  }

  /** A page of its own for printing; it loads nothing. */
  public Secret html() {
    return new Secret(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>nanoctl recovery kit: %1$s</title>
        <style>
        @page { size: A4; margin: 20mm }
        body { font: 12pt/1.5 system-ui, sans-serif; max-width: 17cm; margin: auto; color: #000 }
        dl { display: grid; grid-template-columns: 8em 1fr }
        dd { margin: 0; overflow-wrap: anywhere }
        .key { font: 700 16pt/1.6 ui-monospace, monospace; border: 1pt solid; padding: 8pt }
        svg { width: 7cm; height: 7cm }
        </style>
        </head>
        <body>
        <h1>nanoctl recovery kit</h1>
        <dl>
        <dt>Site</dt><dd>%1$s</dd>
        <dt>Repository</dt><dd>%2$s</dd>
        <dt>Kept at</dt><dd>%3$s</dd>
        <dt>Made</dt><dd>%4$s</dd>
        </dl>
        <p class="key">%5$s</p>
        %6$s
        <p>Whoever holds this key and can read the repository can read everything in it. Keep this
        page away from the server.</p>
        <p>To bring the site back on an empty machine, run <code>nanoctl recover --kit FILE</code>
        and have the account of the storage at hand; it is not in this kit.</p>
        </body>
        </html>
        """
            .formatted(
                escape(site),
                repository,
                String.join("<br>", places.stream().map(RecoveryKit::escape).toList()),
                made.truncatedTo(ChronoUnit.SECONDS),
                groups("<br>"),
                new QrCode(line().value()).svg()));
  }

  private String groups(String newLine) {
    String text = key.text().value().replace('-', ' ');
    int middle = text.length() / 2;
    return text.substring(0, middle) + newLine + text.substring(middle + 1);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
