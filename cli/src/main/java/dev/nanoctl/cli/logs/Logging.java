package dev.nanoctl.cli.logs;

import dev.nanoctl.core.site.SiteConfig.LogLevel;
import java.io.OutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Decides where the libraries' and our own log entries go. */
public final class Logging {
  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /** Nowhere: a command tells people itself what they should know. */
  public static void silence() {
    LogManager.getLogManager().reset();
    ROOT.setLevel(Level.OFF);
  }

  /** To that stream, a JSON object a line, as it happens. */
  public static void toStream(OutputStream stream, LogLevel level) {
    LogManager.getLogManager().reset();
    Handler handler =
        new StreamHandler(stream, new JsonLogFormatter()) {
          @Override
          public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
          }
        };
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    ROOT.setLevel(level(level));
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }
}
