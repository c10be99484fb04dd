package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One directory with an index in it, and its writer. */
final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final String SCHEMA_KEY = "schema";
  private static final String ANALYSIS_KEY = "analysis";
  private static final String GENERATION_KEY = "generation";
  private static final String WORDS_KEY = "words-at-build";

  private final Path path;
  private final NIOFSDirectory directory;
  private final IndexWriter writer;
  private volatile int wordsAtBuild;

  private Store(Path path, NIOFSDirectory directory, IndexWriter writer, int wordsAtBuild) {
    this.path = path;
    this.directory = directory;
    this.writer = writer;
    this.wordsAtBuild = wordsAtBuild;
  }

  /** Begins an empty index there. */
  static Store create(Path path) throws IOException {
    NIOFSDirectory directory = new NIOFSDirectory(path);
    IndexWriterConfig config = config().setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    return new Store(path, directory, new IndexWriter(directory, config), 0);
  }

  /**
   * Opens the index there and reads all of it once, so that damage shows now and not in a search.
   *
   * @throws IOException if it is missing, damaged, or of another schema
   */
  static Store open(Path path) throws IOException {
    NIOFSDirectory directory = new NIOFSDirectory(path);
    try {
      Map<String, String> marks;
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        marks = reader.getIndexCommit().getUserData();
        requireSchema(marks);
        for (LeafReaderContext leaf : reader.leaves()) {
          leaf.reader().checkIntegrity();
        }
      }
      IndexWriterConfig config = config().setOpenMode(IndexWriterConfig.OpenMode.APPEND);
      int words = Integer.parseInt(marks.getOrDefault(WORDS_KEY, "0"));
      return new Store(path, directory, new IndexWriter(directory, config), words);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static void requireSchema(Map<String, String> marks) throws IOException {
    String schema = marks.get(SCHEMA_KEY) + "/" + marks.get(ANALYSIS_KEY);
    String wanted = Fields.SCHEMA + "/" + GermanText.VERSION;
    if (!schema.equals(wanted)) {
      throw new IOException("the index has schema " + schema + ", this version needs " + wanted);
    }
  }

  private static IndexWriterConfig config() {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(4, 1);
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setSegmentsPerTier(4);
    policy.setFloorSegmentMB(8);
    IndexWriterConfig config = new IndexWriterConfig(null);
    config.setRAMBufferSizeMB(16);
    config.setMergePolicy(policy);
    config.setMergeScheduler(merges);
    config.setSimilarity(Weighing.similarity());
    config.setCommitOnClose(false);
    config.setUseCompoundFile(true);
    return config;
  }

  Path path() {
    return path;
  }

  IndexWriter writer() {
    return writer;
  }

  /** How many words were known when the whole index was last written in one go. */
  int wordsAtBuild() {
    return wordsAtBuild;
  }

  void builtWith(int words) {
    this.wordsAtBuild = words;
  }

  /** Makes every change so far durable. */
  void commit(long generation) throws IOException {
    Map<String, String> marks = new HashMap<>();
    marks.put(SCHEMA_KEY, Integer.toString(Fields.SCHEMA));
    marks.put(ANALYSIS_KEY, Integer.toString(GermanText.VERSION));
    marks.put(GENERATION_KEY, Long.toString(generation));
    marks.put(WORDS_KEY, Integer.toString(wordsAtBuild));
    writer.setLiveCommitData(marks.entrySet());
    writer.commit();
  }

  /** The generation of the last commit, 0 if there is none. */
  long committedGeneration() {
    Iterable<Map.Entry<String, String>> marks = writer.getLiveCommitData();
    if (marks != null) {
      for (Map.Entry<String, String> mark : marks) {
        if (mark.getKey().equals(GENERATION_KEY)) {
          return Long.parseLong(mark.getValue());
        }
      }
    }
    return 0;
  }

  /** The words of all documents. */
  static Vocabulary vocabulary(DirectoryReader reader) throws IOException {
    Vocabulary.Builder words = new Vocabulary.Builder();
    Terms terms = MultiTerms.getTerms(reader, Fields.WORDS);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        String word = term.utf8ToString();
        words.add(word.substring(0, word.indexOf(' ')), each.docFreq());
      }
    }
    return words.build();
  }

  @Override
  public void close() {
    try {
      writer.rollback();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the search index in {} did not close cleanly", path, e);
    } finally {
      try {
        directory.close();
      } catch (IOException e) {
        LOG.warn("the folder {} did not close", path, e);
      }
    }
  }
}
