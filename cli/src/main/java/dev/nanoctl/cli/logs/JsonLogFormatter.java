package dev.nanoctl.cli.logs;

import dev.nanoctl.core.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One JSON object a line: time, level, logger, message, and the stack trace of an error. */
public final class JsonLogFormatter extends Formatter {
  /** Its entries are JSON objects already. */
  private static final String ACCESS = "dev.nanoctl.access";

  @Override
  public String format(LogRecord entry) {
    String message = formatMessage(entry);
    if (ACCESS.equals(entry.getLoggerName()) && message.startsWith("{")) {
      return message + "\n";
    }
    return Json.text(json ->
        json.object(o -> {
          o.field("time", entry.getInstant())
              .field("level", level(entry.getLevel()))
              .field("logger", entry.getLoggerName())
              .field("message", message);
          if (entry.getThrown() != null) {
            o.field("error", trace(entry.getThrown()));
          }
        }))
        + "\n";
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "warn";
    }
    return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String trace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
