package dev.nanoctl.cli.output;

import dev.nanoctl.server.importing.ImportListener;
import dev.nanoctl.server.importing.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Shows an import: a live line, and one line for every rejected entry. */
public final class ImportLines implements ImportListener, AutoCloseable {
  private final Output output;
  private final InstantSource clock;
  private @Nullable Instant start;
  private final LiveLine live;
  private volatile String text = "reading";
  private volatile String soFar = "nothing was imported yet";

  /** Shows it there. */
  public ImportLines(Output output, InstantSource clock) {
    this.output = output;
    this.clock = clock;
    this.live = new LiveLine(output);
    live.show(() -> text);
  }

  @Override
  public void progress(int done, int total, int rejected) {
    Instant now = clock.instant();
    if (start == null) {
      start = now; // reading and unpacking say nothing about how fast entries are dealt with
    }
    text = text(done, total, rejected, Duration.between(start, now));
    soFar = "%d of %d entries were dealt with, and what was imported stays".formatted(done, total);
  }

  /** What is done by now, for an import that ends early. */
  public String soFar() {
    return soFar;
  }

  /** {@code importing 612/892 41/s 7 s left 3 rejected}. */
  static String text(int done, int total, int rejected, Duration took) {
    var line = new StringBuilder("importing  " + done + "/" + total);
    double seconds = took.toMillis() / 1000.0;
    if (done > 0 && seconds >= 1) {
      double rate = done / seconds;
      line.append(rate < 10 ? "  %.1f/s".formatted(rate) : "  %.0f/s".formatted(rate));
      line.append("  ");
      line.append(Amounts.age(Duration.ofSeconds(Math.round((total - done) / rate))));
      line.append(" left");
    }
    return line.append(rejected == 0 ? "" : "   " + rejected + " rejected").toString();
  }

  @Override
  public void rejected(Rejection rejection) {
    if (!output.wishes().json() && !output.wishes().quiet()) {
      live.above(() ->
          output.row(
              Row.of(Glyph.FAILED, rejection.entry(), rejection.code() + ": " + rejection.reason()),
              0));
    }
  }

  @Override
  public void close() {
    live.close();
  }
}
