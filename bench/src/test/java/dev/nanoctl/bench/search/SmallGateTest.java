package dev.nanoctl.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.search.lucene.LuceneIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search gate on sixty short courses: a change that makes search worse fails the build. */
final class SmallGateTest {
  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\s*\\n");
  private static final Set<GateClass> GERMAN =
      EnumSet.of(
          GateClass.EXACT,
          GateClass.UE,
          GateClass.U,
          GateClass.TYPO,
          GateClass.COMPOUND,
          GateClass.INFLECTED,
          GateClass.BODY);

  @TempDir private Path folder;

  private static List<Guide> courses() throws IOException {
    try (InputStream in = SmallGateTest.class.getResourceAsStream("kurse.txt")) {
      assertThat(in).isNotNull();
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Guide> courses = new ArrayList<>();
      for (String block : BLANK_LINE.splitAsStream(all).toList()) {
        List<String> lines = block.strip().lines().toList();
        if (lines.size() >= 3) {
          String body = lines.stream().skip(2).collect(Collectors.joining("\n"));
          Guide.Text text = new Guide.Text(lines.get(0), lines.get(1), List.of(), body);
          courses.add(new Guide("kurs-" + courses.size(), "de", "kurse", text));
        }
      }
      return courses;
    }
  }

  @Test
  void everyClassOfQueriesFindsItsCourse() throws IOException {
    List<Guide> courses = courses();
    assertThat(courses).hasSizeGreaterThanOrEqualTo(60);
    List<GateQuery> queries = new QueryMaker(new Corpus(courses), 4_711, 60).all();
    try (LuceneIndex index = new LuceneIndex(folder)) {
      GateRun.fill(index, courses, courses.size(), (_, _, _) -> {});
      Map<GateClass, GateRun.Score> scores = GateRun.judge(index, queries);
      assertThat(scores.keySet()).containsAll(GERMAN);
      scores.forEach((kind, score) -> {
        String missed = kind.title() + " " + score.missed();
        assertThat(score.queries()).as(missed).isGreaterThanOrEqualTo(5);
        assertThat(score.recall()).as(missed).isGreaterThanOrEqualTo(.97);
        assertThat(score.rank()).as(missed).isGreaterThanOrEqualTo(.95);
      });
    }
  }
}
