package dev.nanoctl.cli.command;

import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nanoctl kit print}. */
@Command(
    name = "print",
    description = {
      "Make a recovery kit and show it once, as text with a QR code or as a page to print.",
      "The machine does not keep it, so each is a new one; all kits stay good."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:there is a new kit",
      "2:no target is configured",
      "14:the target does not answer",
      "15:the target takes no more keys"
    })
public final class KitPrintCommand implements Runnable {
  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  @Option(names = "--html", description = "As a page to print.")
  private boolean html;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Write it there instead of showing it; .html makes a page.")
  private @Nullable Path to;

  /** Prints a kit of the instance that is meant. */
  public KitPrintCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public void run() {
    Output output = invocation.output();
    if (to == null && output.wishes().json()) {
      throw new Problem.Usage(
              "NC-USAGE", "a kit is no fact for programs: --to FILE", "nanoctl kit print --help")
          .raise();
    }
    Optional<KitFile> file = Optional.ofNullable(to).map(KitFile::reserve);
    RecoveryKit kit = backups.newKit(invocation.site(), target.name());
    if (file.isPresent()) {
      file.get().write(kit);
      output.fact(
          json -> json.field("repository", kit.repository()).field("kit", String.valueOf(to)),
          Row.of(Glyph.DONE, "kit", to + "; print it and keep it elsewhere"));
    } else {
      output.script((html ? kit.html() : kit.text()).value());
    }
  }
}
