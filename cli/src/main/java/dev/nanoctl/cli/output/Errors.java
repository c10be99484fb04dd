package dev.nanoctl.cli.output;

import dev.nanoctl.core.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a failure is told: in two lines to people, as one object to programs. */
public final class Errors {
  private final Output output;

  /** Tells through this output. */
  public Errors(Output output) {
    this.output = output;
  }

  /** Tells a problem, and what caused it if the operator asked for more. */
  public void tell(Problem problem, Throwable cause) {
    tell(problem.code(), problem.message(), problem.fix(), cause);
  }

  private void tell(String code, String message, String fix, Throwable cause) {
    if (output.wishes().json()) {
      output.json(json ->
          json.object(
              "error",
              error -> error.field("code", code).field("message", message).field("fix", fix)));
    } else {
      tellPeople(code, message, fix);
    }
    trace(cause);
  }

  /** Tells of a bug: something that nobody foresaw. */
  public void tellBug(Throwable bug, Optional<String> log) {
    String what = bug.getClass().getSimpleName() + orEmpty(bug.getMessage());
    String fix =
        "this is a bug in nanoctl; repeat with --verbose and report what it prints"
            + log.map(file -> "; the log is " + file).orElse("");
    tell("NC-BUG", what, fix, bug);
  }

  private static String orEmpty(@Nullable String message) {
    return message == null ? "" : ": " + message.lines().findFirst().orElse("");
  }

  private void tellPeople(String code, String message, String fix) {
    List<String> lines = message.lines().toList();
    Screen screen = output.errorScreen();
    String first = "error " + code + ": " + (lines.isEmpty() ? "" : lines.getFirst());
    List<String> parts = Texts.wrap(Texts.harmless(first), screen.width());
    String head = parts.getFirst();
    output.live(
        (screen.colour() ? head.replaceFirst("^error", Ink.BAD.paint("error")) : head) + "\n");
    parts.stream().skip(1).forEach(part -> output.complaint(part, 2));
    lines.stream().skip(1).forEach(line -> output.complaint(line, 2));
    tellRemedy(fix, "more: nanoctl explain " + code);
  }

  private void tellRemedy(String fix, String more) {
    int room = output.errorScreen().width() - 2 - fix.length() - more.length();
    if (room >= 2 && fix.indexOf('\n') < 0) {
      output.complaint(fix + " ".repeat(Math.min(8, room)) + more, 2);
    } else {
      fix.lines().forEach(line -> output.complaint(line, 2));
      output.complaint(more, 2);
    }
  }

  private void trace(Throwable cause) {
    if (output.wishes().verbose()) {
      var text = new StringWriter();
      cause.printStackTrace(new PrintWriter(text));
      output.live(text.toString());
    }
  }
}
