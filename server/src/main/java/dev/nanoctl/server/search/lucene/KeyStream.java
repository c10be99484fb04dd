package dev.nanoctl.server.search.lucene;

import java.util.Iterator;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;

/** Hands keys with their weights to the index, a weight in the place of a term's frequency. */
final class KeyStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
  private final Map<String, Integer> weights;
  private Iterator<Map.Entry<String, Integer>> next;

  KeyStream(Map<String, Integer> weights) {
    this.weights = weights;
    this.next = weights.entrySet().iterator();
  }

  @Override
  public boolean incrementToken() {
    if (!next.hasNext()) {
      return false;
    }
    clearAttributes();
    Map.Entry<String, Integer> key = next.next();
    term.append(key.getKey());
    frequency.setTermFrequency(key.getValue());
    return true;
  }

  @Override
  public void reset() {
    next = weights.entrySet().iterator();
  }
}
