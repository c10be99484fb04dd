package dev.nanoctl.cli.output;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * The only place that prints. Facts go to standard output; progress and errors to standard error.
 * Text that came from elsewhere cannot move the cursor or change colours.
 */
public final class Output {
  private static final String INDENT = "  ";
  private static final int WIDEST_NAME = 28;

  /** What the operator asked for. */
  public record Wishes(boolean json, boolean quiet, boolean verbose) {}

  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;
  private final Screen errorScreen;
  private volatile boolean liveShown;
  private Wishes wishes = new Wishes(false, false, false);

  /** Prints to these streams, as their screens allow. */
  public Output(PrintStream out, Screen screen, PrintStream err, Screen errorScreen) {
    this.out = out;
    this.screen = screen;
    this.err = err;
    this.errorScreen = errorScreen;
  }

  /** What the operator asked for. */
  public Wishes wishes() {
    return wishes;
  }

  /** Sets what the operator asked for. */
  public void wishes(Wishes now) {
    this.wishes = now;
  }

  /** What standard output can show. */
  public Screen screen() {
    return screen;
  }

  /** Whether progress can be shown while it happens. */
  public boolean isLive() {
    return errorScreen.terminal() && !wishes.quiet();
  }

  /** A line of plain facts, as it is, wherever it goes. */
  public void line(String text) {
    print(out, screen, text);
  }

  /** Begins the screen anew, where there is one. */
  public void clearScreen() {
    if (screen.terminal()) {
      out.print("\u001b[H\u001b[2J");
    }
  }

  /** A text for programs, to the byte. */
  public void script(String text) {
    out.print(text);
    out.flush();
  }

  /** Standard output for what prints by itself, such as help. */
  public Writer writer() {
    return new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  /** What a command did: an object for programs, else one line unless nobody wants to know. */
  public void fact(Consumer<JsonWriter> members, Row row) {
    if (wishes.json()) {
      json(members);
    } else if (!wishes.quiet()) {
      row(row, 0);
    }
  }

  /** An empty line. */
  public void gap() {
    line("");
  }

  /** A paragraph, wrapped, with every line indented. */
  public void paragraph(String text, int indent) {
    String margin = " ".repeat(indent);
    for (String line : text.split("\n", -1)) {
      Texts.wrap(Texts.harmless(line), screen.width() - indent)
          .forEach(part -> line(part.isEmpty() ? "" : margin + part));
    }
  }

  /** A line worth noticing, wrapped. */
  public void heading(String text) {
    Texts.wrap(Texts.harmless(text), screen.width())
        .forEach(part -> line(screen.colour() ? Ink.STRONG.paint(part) : part));
  }

  /** Lines with aligned names. */
  public void rows(List<Row> rows) {
    int name = rows.stream().mapToInt(row -> Texts.width(row.name())).max().orElse(0);
    rows.forEach(row -> row(row, Math.min(name, WIDEST_NAME)));
  }

  /** One line whose detail begins after a name of that width. */
  public void row(Row row, int nameWidth) {
    String sign = row.glyph().sign();
    String start =
        INDENT
            + (screen.colour() ? row.glyph().ink().paint(sign) : sign)
            + " "
            + Texts.pad(Texts.harmless(row.name()), nameWidth);
    hanging(start, Texts.harmless(row.detail()), Texts.harmless(row.remedy()));
  }

  /** Aligned pairs without signs: {@code open https://…}. */
  public void pairs(List<List<String>> pairs) {
    int name = pairs.stream().mapToInt(pair -> Texts.width(pair.getFirst())).max().orElse(0);
    for (List<String> pair : pairs) {
      hanging(
          INDENT + Texts.pad(Texts.harmless(pair.getFirst()), name),
          Texts.harmless(pair.getLast()),
          "");
    }
  }

  private void hanging(String start, String detail, String remedy) {
    int column = Texts.width(start) + 2;
    int width = screen.width();
    // a column that leaves too little room to read is given up
    int indent = column > width / 2 ? 6 : column;
    String first = detail.isEmpty() ? start.stripTrailing() : start + INDENT + detail;
    if (Texts.width(first) + (remedy.isEmpty() ? 0 : 2 + Texts.width(remedy)) <= width) {
      int room = width == Screen.ENDLESS ? 2 : width - Texts.width(first) - Texts.width(remedy);
      line(remedy.isEmpty() ? first : first + " ".repeat(Math.max(2, room)) + remedy);
      return;
    }
    if (indent == column && !detail.isEmpty()) {
      List<String> parts = Texts.wrap(detail, width - column);
      line(start + INDENT + parts.getFirst());
      parts.stream().skip(1).forEach(part -> line(" ".repeat(column) + part));
    } else {
      line(start.stripTrailing());
      paragraph(detail, indent);
    }
    if (!remedy.isEmpty()) {
      paragraph(remedy, indent);
    }
  }

  /** The facts as one JSON object. */
  public void json(Consumer<JsonWriter> members) {
    String text = Json.pretty(json -> json.object(o -> members.accept(o.field("schema", 1))));
    out.println(text);
    out.flush();
  }

  /** A line about how it goes, for people only; it is not a fact. */
  public void remark(String text) {
    if (!wishes.quiet()) {
      print(err, errorScreen, text);
    }
  }

  /** An error's line, on standard error, wrapped. */
  void complaint(String text, int indent) {
    String margin = " ".repeat(indent);
    Texts.wrap(Texts.harmless(text), errorScreen.width() - indent)
        .forEach(part -> print(err, errorScreen, margin + part));
  }

  Screen errorScreen() {
    return errorScreen;
  }

  /** Writes to the screen as it is, without ending the line. */
  void live(String text) {
    err.print(shown(errorScreen, text));
    err.flush();
  }

  /** Notes whether the last line is one that changes. */
  void liveShown(boolean now) {
    liveShown = now;
  }

  /** Wipes the line that changes, if there is one; for a process that ends in the middle. */
  public void endLive() {
    if (liveShown) {
      live("\r\u001b[K");
    }
  }

  /** Asks on standard error, without ending the line. */
  public void ask(String question) {
    live(Texts.harmless(question));
  }

  private static void print(PrintStream stream, Screen screen, String text) {
    stream.println(shown(screen, text));
    stream.flush();
  }

  private static String shown(Screen screen, String text) {
    return screen.unicode() ? text : Ascii.of(text);
  }
}
