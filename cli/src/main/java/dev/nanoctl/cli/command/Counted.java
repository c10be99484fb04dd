package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.LiveLine;
import dev.nanoctl.cli.output.Output;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Long work that tells how many of how many are done. */
final class Counted {
  private Counted() {}

  /** Does the work with a line below that shows its name and its count. */
  static <T> T run(Output output, String name, Function<Upkeep.Counter, T> work) {
    var text = new AtomicReference<>(name);
    try (var live = new LiveLine(output)) {
      live.show(text::get);
      return work.apply((done, total) -> text.set("%s  %d/%d".formatted(name, done, total)));
    }
  }
}
