package dev.nanoctl.server.search.lucene;

import java.lang.invoke.MethodHandles;
import org.apache.lucene.index.TermsEnum;

/**
 * Initialises classes of Lucene that need each other, by one thread and before any other meets
 * them.
 *
 * <p>{@link TermsEnum} holds an instance of a class below {@code BaseTermsEnum}, which is below
 * {@code TermsEnum}. A thread that begins above and one that begins below wait for each other for
 * ever, and each keeps the processor's thread it runs on: with two of those, nothing runs any more.
 */
final class LuceneClasses {
  private LuceneClasses() {}

  /** From above, which takes what is below along. */
  static void initialise() {
    try {
      MethodHandles.lookup().ensureInitialized(TermsEnum.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
