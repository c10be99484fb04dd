package dev.nanoctl.server.search.text;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.GermanStemmer;

/**
 * Takes inflections off folded words. Snowball's stemmers keep their work in themselves, so each is
 * lent to one caller at a time.
 */
final class Stems {
  private final Loans german = new Loans(GermanStemmer::new);
  private final Loans english = new Loans(EnglishStemmer::new);

  /** The stem of a folded German word. */
  String german(String folded) {
    return hasDigit(folded) ? folded : german.stem(folded);
  }

  /** The stem of a folded English word. */
  String english(String folded) {
    return hasDigit(folded) ? folded : english.stem(folded);
  }

  private static boolean hasDigit(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isDigit(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static final class Loans {
    private final ConcurrentLinkedQueue<SnowballStemmer> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<SnowballStemmer> make;

    Loans(Supplier<SnowballStemmer> make) {
      this.make = make;
    }

    String stem(String word) {
      SnowballStemmer stemmer = idle.poll();
      if (stemmer == null) {
        stemmer = make.get();
      }
      stemmer.setCurrent(word);
      stemmer.stem();
      String stem = stemmer.getCurrent();
      idle.offer(stemmer);
      return stem.isEmpty() ? word : stem;
    }
  }
}
