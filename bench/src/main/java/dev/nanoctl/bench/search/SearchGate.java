package dev.nanoctl.bench.search;

import dev.nanoctl.server.search.lucene.LuceneIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The search gate as a program: {@code bench/search GUIDES [OUT]}. It judges the embedded engine by
 * two seeds, one it was tuned on and one it was not, and measures it at three sizes.
 */
public final class SearchGate {
  private static final long TUNED = 20_251_121L;
  private static final long HELD_OUT = 7_654_321L;
  private static final int PER_CLASS = 300;

  private final List<Guide> guides;
  private final StringBuilder report = new StringBuilder();
  private boolean passed = true;

  private SearchGate(List<Guide> guides) {
    this.guides = guides;
  }

  /** Runs the gate; the exit status is 3 when it is not passed. */
  public static void main(String[] arguments) throws IOException {
    PrintWriter out =
        new PrintWriter(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    if (arguments.length < 1) {
      out.println("usage: bench/search GUIDES [OUT]");
      System.exit(2);
    }
    List<Guide> guides = Guides.read(Path.of(arguments[0]));
    SearchGate gate = new SearchGate(guides);
    boolean verbose = Boolean.getBoolean("misses");
    gate.run(verbose ? out : null, Integer.getInteger("largest", 100_000));
    out.println(gate.report);
    if (arguments.length > 1) {
      Files.writeString(Path.of(arguments[1]), gate.report.toString());
    }
    System.exit(gate.passed ? 0 : 3);
  }

  private void run(@org.jspecify.annotations.Nullable PrintWriter misses, int largest)
      throws IOException {
    Corpus corpus = new Corpus(guides);
    List<GateQuery> tuned = new QueryMaker(corpus, TUNED, PER_CLASS).all();
    List<GateQuery> heldOut = new QueryMaker(corpus, HELD_OUT, PER_CLASS).all();
    List<String> rows = new ArrayList<>();
    for (int size : new int[] {guides.size(), 1_000, largest}) {
      if (size > largest) {
        continue;
      }
      Path folder = Files.createTempDirectory("search-gate");
      long begin = System.nanoTime();
      try (LuceneIndex index = new LuceneIndex(folder)) {
        GateRun.fill(index, guides, size);
        double built = (System.nanoTime() - begin) / 1e9;
        if (size == guides.size()) {
          table(GateRun.judge(index, tuned), GateRun.judge(index, heldOut), misses);
        }
        rows.add(row(size, GateRun.time(index, tuned), built));
      }
    }
    report.append(
        "\n| documents | p50 ms | p95 ms | p99 ms | queries/s, one thread | built in s |\n|--:|--:|--:|--:|--:|--:|\n");
    rows.forEach(report::append);
  }

  private String row(int size, GateRun.Times times, double built) {
    passed &= times.p95() <= (size <= 1_000 ? 20 : 100);
    return String.format(
        Locale.ROOT,
        "| %,d | %.2f | %.2f | %.2f | %,.0f | %.1f |%n",
        size,
        times.p50(),
        times.p95(),
        times.p99(),
        times.perSecond(),
        built);
  }

  private void table(
      Map<GateClass, GateRun.Score> tuned,
      Map<GateClass, GateRun.Score> heldOut,
      @org.jspecify.annotations.Nullable PrintWriter misses) {
    report.append(
        "| class | queries | Recall@10 / MRR | held-out seed | gate |\n|---|--:|--:|--:|--:|\n");
    for (GateClass kind : GateClass.values()) {
      GateRun.Score one = tuned.get(kind);
      GateRun.Score other = heldOut.get(kind);
      if (one == null || other == null) {
        continue;
      }
      boolean holds = holds(kind, one) && holds(kind, other);
      passed &= holds;
      report.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.3f / %.3f | %.3f / %.3f | ≥ %.2f / %.2f%s |%n",
              kind.title(),
              one.queries(),
              one.recall(),
              one.rank(),
              other.recall(),
              other.rank(),
              GateClass.RECALL,
              kind.rank(),
              holds ? "" : " **missed**"));
      if (misses != null) {
        one.missed().forEach(line -> misses.println(kind.title() + ": " + line));
      }
    }
  }

  private static boolean holds(GateClass kind, GateRun.Score score) {
    return score.recall() >= GateClass.RECALL && score.rank() >= kind.rank();
  }
}
