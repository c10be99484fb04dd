package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.search.SearchResult;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Highlighter;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.text.QueryTerm;
import java.util.List;
import java.util.UUID;

/** Renders hits, with the words that were meant marked. */
final class MeiliPage {
  private static final int DESCRIPTION_LENGTH = 320;

  private final GermanText text;

  MeiliPage(GermanText text) {
    this.text = text;
  }

  List<SearchResult.Hit> of(List<JsonObject> documents, List<QueryTerm> terms) {
    Highlighter highlighter = new Highlighter(text, terms);
    return documents.stream().map(document -> hit(document, highlighter)).toList();
  }

  private static SearchResult.Hit hit(JsonObject document, Highlighter highlighter) {
    Language language = Language.ofCode(document.text(MeiliFields.TONGUE).orElse("o").charAt(0));
    return new SearchResult.Hit(
        UUID.fromString(document.text(MeiliFields.ID).orElseThrow()),
        document.text(MeiliFields.ITEM).orElseThrow(),
        highlighter.mark(document.text(MeiliFields.TITLE).orElse(""), language, Integer.MAX_VALUE),
        highlighter.mark(
            document.text(MeiliFields.DESCRIPTION).orElse(""), language, DESCRIPTION_LENGTH));
  }
}
