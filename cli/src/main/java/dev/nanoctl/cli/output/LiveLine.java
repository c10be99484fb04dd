package dev.nanoctl.cli.output;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one line at the bottom that changes while work goes on. Where nobody looks it does nothing.
 * Ordinary lines may be printed in between through {@link #above}.
 */
public final class LiveLine implements AutoCloseable {
  private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final long PAUSE_MILLIS = 120;

  private final Output output;
  private final boolean live;
  private @Nullable Supplier<String> text;
  private @Nullable Thread painter;
  private boolean painted;
  private boolean closed;
  private int frame;

  /** A line on that output. */
  public LiveLine(Output output) {
    this.output = output;
    this.live = output.isLive();
  }

  /** Shows this from now on, behind a sign that turns; asked anew for every picture. */
  public synchronized void show(Supplier<String> now) {
    text = now;
    if (live && painter == null) {
      painter = Thread.ofVirtual().start(this::paintOn);
    }
  }

  /** Shows nothing for a while. */
  public synchronized void hide() {
    text = null;
    clear();
  }

  /** Prints something while the line is out of the way. */
  public synchronized void above(Runnable print) {
    clear();
    print.run();
    paint();
  }

  @Override
  public synchronized void close() {
    closed = true;
    hide();
    if (painter != null) {
      painter.interrupt();
    }
  }

  private void paintOn() {
    try {
      while (!isClosed()) {
        paintNext();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void paintNext() {
    frame = (frame + 1) % FRAMES.length();
    paint();
  }

  private void paint() {
    if (!live || closed || text == null) {
      return;
    }
    String sign = FRAMES.substring(frame, frame + 1);
    Screen screen = output.errorScreen();
    String line = Texts.cut(Texts.harmless(text.get()), width() - 5);
    output.live("\r\u001b[K  " + (screen.colour() ? Ink.STRONG.paint(sign) : sign) + " " + line);
    painted = true;
    output.liveShown(true);
  }

  private void clear() {
    if (painted) {
      output.live("\r\u001b[K");
      painted = false;
      output.liveShown(false);
    }
  }

  // asking the terminal takes a process, so not for every picture
  private int width() {
    if (frame == 0 || lastWidth == 0) {
      lastWidth = output.errorScreen().width();
    }
    return lastWidth;
  }

  private int lastWidth;
}
