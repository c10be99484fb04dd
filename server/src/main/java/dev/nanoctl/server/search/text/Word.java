package dev.nanoctl.server.search.text;

/**
 * A word where it stands in a text.
 *
 * @param text the word as written, with its capitals and umlauts
 * @param start where it begins in the text
 * @param end where the text goes on
 * @param joins whether it is several words written together by hyphens or capitals, whose pieces
 *     follow as words of their own
 */
public record Word(String text, int start, int end, boolean joins) {}
