package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts {@code <mark>} around the words of a text that a query means: inflections, corrected typing
 * errors and synonyms whole, pieces of compounds where they stand. Everything else is escaped for
 * HTML.
 */
public final class Highlighter {
  private static final int BEFORE = 60;

  private final GermanText text;
  private final Set<String> wanted = new HashSet<>();

  /** Marks the words that these terms mean. */
  public Highlighter(GermanText text, List<QueryTerm> terms) {
    this.text = text;
    boolean onlyStops = terms.stream().allMatch(term -> term.role() == QueryTerm.Role.STOP);
    for (QueryTerm term : terms) {
      if (onlyStops || term.role() == QueryTerm.Role.WANTED) {
        wanted.addAll(term.stems().keySet());
        wanted.addAll(term.pieces());
      }
    }
  }

  private record Span(int start, int end) {}

  /** The text with marks; a text longer than that many characters is cut around the first one. */
  public String mark(String original, Language language, int most) {
    String whole = GermanText.normalise(original);
    List<Span> spans = wanted.isEmpty() ? List.of() : spans(whole, language);
    int from = 0;
    int to = whole.length();
    if (to > most) {
      int first = spans.isEmpty() ? 0 : spans.getFirst().start;
      from = first <= most - BEFORE ? 0 : afterBlank(whole, first - BEFORE);
      to = whole.length() - from <= most ? whole.length() : beforeBlank(whole, from + most);
    }
    StringBuilder out = new StringBuilder(to - from + 64);
    if (from > 0) {
      out.append("… ");
    }
    int at = from;
    for (Span span : spans) {
      if (span.start >= at && span.end <= to) {
        escape(whole, at, span.start, out);
        out.append("<mark>");
        escape(whole, span.start, span.end, out);
        out.append("</mark>");
        at = span.end;
      }
    }
    escape(whole, at, to, out);
    return to < whole.length() ? out.append(" …").toString() : out.toString();
  }

  private static int afterBlank(String whole, int at) {
    int blank = whole.indexOf(' ', at);
    return blank < 0 || blank - at > BEFORE / 2 ? at : blank + 1;
  }

  private static int beforeBlank(String whole, int at) {
    int blank = whole.lastIndexOf(' ', at);
    return blank < 0 || at - blank > BEFORE / 2 ? at : blank;
  }

  private List<Span> spans(String whole, Language language) {
    List<Span> spans = new ArrayList<>();
    for (Word word : GermanText.words(whole)) {
      if (!spans.isEmpty() && spans.getLast().end >= word.end()) {
        continue;
      }
      Analysis analysis = text.analyse(word.text(), language);
      if (means(analysis)) {
        spans.add(new Span(word.start(), word.end()));
      } else if (word.text().toLowerCase(Locale.ROOT).length() == word.end() - word.start()) {
        addPieces(word, analysis, spans);
      }
    }
    return spans;
  }

  private boolean means(Analysis analysis) {
    if (wanted.contains(analysis.stem()) || wanted.contains(analysis.form())) {
      return true;
    }
    for (String other : analysis.others()) {
      if (wanted.contains(other)) {
        return true;
      }
    }
    return false;
  }

  private void addPieces(Word word, Analysis analysis, List<Span> spans) {
    for (Analysis.Piece piece : analysis.pieces()) {
      if (wanted.contains(piece.stem())) {
        int start = word.start() + piece.start();
        int end = word.start() + piece.end();
        if (!spans.isEmpty() && spans.getLast().end >= start) {
          Span last = spans.removeLast();
          spans.add(new Span(last.start, Math.max(last.end, end)));
        } else {
          spans.add(new Span(start, end));
        }
      }
    }
  }

  private static void escape(String whole, int from, int to, StringBuilder out) {
    for (int i = from; i < to; i++) {
      char c = whole.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
