package dev.nanoctl.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two servers whose log and shared answers are values in this test. */
final class TwoLevelAnswerCacheTest extends AnswerCacheContract {
  /** Shared answers in a map. */
  private static final class Shelf implements SharedAnswers {
    private final Map<String, Found> kept = new HashMap<>();
    private int looks;

    @Override
    public Optional<Found> find(String log, String key) {
      looks++;
      return Optional.ofNullable(kept.get(log + " " + key));
    }

    @Override
    public void keep(String log, String key, Found answer) {
      kept.put(log + " " + key, answer);
    }
  }

  /** One server. */
  private static final class Server {
    private final SharedTopics topics = new SharedTopics();
    private final AnswerCache cache;

    Server(Shelf shelf, String log, long first) {
      cache =
          new TwoLevelAnswerCache(
              new LocalAnswerCache(1 << 20, Duration.ofMinutes(10), Ticker.systemTicker()),
              shelf,
              topics,
              key -> key.startsWith("/"));
      topics.begin(log, first);
      topics.upTo(first);
    }

    /** Hears of another's change, as the line tells it. */
    void hear(String topic, long at) {
      topics.heard(topic, at);
      topics.upTo(at);
      cache.changed(topic);
    }

    /** Commits a change; its position is known when the line has answered. */
    void commit(String topic) {
      topics.changing(topic);
      cache.changed(topic);
    }
  }

  private final Shelf shelf = new Shelf();
  private final Server one = new Server(shelf, "log", 100);
  private final Server other = new Server(shelf, "log", 100);

  @Override
  AnswerCache cache() {
    return one.cache;
  }

  @Override
  void miss(AnswerCache cache) {
    one.topics.heardAll(101);
    cache.changedAll();
  }

  private void keep(Server server, String text) {
    server.cache.keep(key, answer(text), List.of("nanos"), server.cache.now());
  }

  @Test
  void anAnswerOfOneServerIsFoundByTheOther() {
    keep(one, "shared");
    assertThat(found(other.cache)).contains("shared");
    assertThat(shelf.looks).isEqualTo(1);
    assertThat(found(other.cache)).contains("shared");
    assertThat(shelf.looks).as("it is near now").isEqualTo(1);
  }

  @Test
  void aNewServerUsesWhatOthersKeptBeforeItBegan() {
    one.hear("other", 150);
    keep(one, "warm");
    Server late = new Server(shelf, "log", 100);
    late.hear("other", 150);
    assertThat(found(late.cache)).contains("warm");
  }

  @Test
  void aChangeItHasHeardOfMakesTheOthersAnswerUntrue() {
    keep(one, "old");
    other.hear("nanos", 200);
    assertThat(found(other.cache)).isEmpty();
  }

  @Test
  void anAnswerMadeBeforeAChangeAndKeptAfterItIsUntrueForEverybody() {
    AnswerCache.Moment since = one.cache.now();
    other.commit("nanos");
    other.topics.changed("nanos", 200);
    // one has not heard yet, and keeps what it read before
    one.cache.keep(key, answer("old"), List.of("nanos"), since);
    assertThat(found(other.cache)).isEmpty();
    Server third = new Server(shelf, "log", 100);
    third.hear("nanos", 200);
    assertThat(found(third.cache)).isEmpty();
  }

  @Test
  void whoCommittedAChangeUsesNoOtherAnswersUntilItsPositionIsKnown() {
    keep(one, "old");
    other.commit("nanos");
    assertThat(found(other.cache)).isEmpty();
    other.topics.changed("nanos", 200);
    assertThat(found(other.cache)).isEmpty();
    other.hear("else", 300);
    keep(other, "new");
    one.hear("nanos", 200);
    assertThat(found(one.cache)).contains("new");
  }

  @Test
  void whatWasTakenFromAnotherGoesWithTheNextChange() {
    keep(one, "old");
    assertThat(found(other.cache)).contains("old");
    other.hear("nanos", 200);
    assertThat(found(other.cache)).isEmpty();
  }

  @Test
  void answersOlderThanWhatIsKnownOfTheLogAreNotUsed() {
    keep(one, "unknowable");
    Server late = new Server(shelf, "log", 5_000);
    assertThat(found(late.cache)).isEmpty();
    other.topics.heardAll(6_000);
    assertThat(found(other.cache)).isEmpty();
  }

  @Test
  void answersOfAnotherLogAreNotUsed() {
    keep(one, "of the old log");
    other.topics.begin("new log", 50);
    assertThat(found(other.cache)).isEmpty();
  }

  @Test
  void partsOfListsStayNear() {
    one.cache.keep("item:1", answer("part"), List.of("nanos"), one.cache.now());
    assertThat(shelf.kept).isEmpty();
    assertThat(other.cache.find("item:1")).isEmpty();
    assertThat(shelf.looks).isZero();
  }
}
