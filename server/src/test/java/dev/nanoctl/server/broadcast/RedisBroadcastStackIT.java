package dev.nanoctl.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.cache.SharedTopics;
import dev.nanoctl.server.redis.RedisLines;
import dev.nanoctl.server.redis.RedisLink;
import dev.nanoctl.server.redis.RedisServer;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** News through a real Redis that is killed now and then. */
@TestInstance(Lifecycle.PER_CLASS)
final class RedisBroadcastStackIT extends BroadcastContract {
  private TestDatabase database;
  private RedisServer server;
  private RedisLines lines;
  private final List<RedisLink> links = new ArrayList<>();
  private String prefix = "";

  @BeforeAll
  void start() {
    server = RedisServer.durable();
    lines = new RedisLines();
    database = TestDatabase.create();
  }

  @BeforeEach
  void ownKeys() {
    prefix = RedisServer.prefix();
  }

  @AfterAll
  void stop() {
    links.forEach(RedisLink::close);
    if (server != null) {
      lines.close();
      database.close();
      server.close();
    }
  }

  @Override
  TestDatabase database() {
    return database;
  }

  @Override
  Broadcast server() {
    return on(server);
  }

  private Broadcast on(RedisServer redis) {
    RedisLink link = redis.link(lines);
    links.add(link);
    return new RedisBroadcast(
        database.jdbi(), link, lines, redis.address(), prefix, new SharedTopics());
  }

  @Override
  Broadcast tool() {
    return new NewsTable();
  }

  private void awaitNothingLeft() {
    await().atMost(Duration.ofSeconds(10)).until(() -> left() == 0);
  }

  private long left() {
    return database
        .jdbi()
        .withHandle(tx -> tx.createQuery("SELECT count(*) FROM news").mapTo(Long.class).one());
  }

  @Test
  void whatWasToldIsNotKeptInTheDatabase() throws Exception {
    try (Broadcast one = listening(new Ear())) {
      announce(one, "a");
      announce(one, "b");
      awaitNothingLeft();
    }
  }

  @Test
  void nothingIsLostWhenRedisIsKilledTwice() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(new Ear());
        Broadcast other = listening(ear)) {
      int count = 0;
      for (int kill = 0; kill < 2; kill++) {
        for (int i = 0; i < 20; i++) {
          announce(one, "nano:" + count++);
        }
        server.killAndStayAway();
        for (int i = 0; i < 20; i++) {
          announce(one, "nano:" + count++);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> !other.hears());
        server.comeBack();
        for (int i = 0; i < 20; i++) {
          announce(one, "nano:" + count++);
        }
        await().atMost(Duration.ofSeconds(10)).until(other::hears);
      }
      List<String> all = IntStream.range(0, count).mapToObj(i -> "nano:" + i).toList();
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(ear.heard).containsAll(all));
      assertThat(ear.missed).as("nothing was missed, so nothing had to be forgotten").hasValue(1);
      assertThat(ear.deaf.get()).isGreaterThanOrEqualTo(3);
      awaitNothingLeft();
    }
  }

  @Test
  void aKillInTheMiddleOfManyAnnouncementsLosesNone() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(new Ear());
        Broadcast other = listening(ear)) {
      assertThat(other.hears()).isTrue();
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 600; i++) {
                  announce(one, "nano:" + i);
                }
              });
      Thread.sleep(100);
      server.kill();
      Thread.sleep(700);
      server.kill();
      writer.join();
      List<String> all = IntStream.range(0, 600).mapToObj(i -> "nano:" + i).toList();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(ear.heard).containsAll(all));
    }
  }

  @Test
  void whatAProcessCommittedBeforeItDiedIsToldByAnother() throws Exception {
    Ear ear = new Ear();
    try (Broadcast other = listening(ear)) {
      assertThat(other.hears()).isTrue();
      // as a process leaves it that dies between the commit and the telling
      database
          .jdbi()
          .useHandle(
              tx -> tx.execute("INSERT INTO news (sender, topics) VALUES ('gone', '{nano:7}')"));
      awaitHeard(ear, "nano:7");
      awaitNothingLeft();
    }
  }

  @Test
  void aRedisThatForgotEverythingIsSaidToHave() throws Exception {
    Ear ear = new Ear();
    try (RedisServer forgetful = RedisServer.forgetful();
        Broadcast one = on(forgetful);
        Broadcast other = on(forgetful)) {
      other.subscribe(ear);
      one.start();
      other.start();
      await().atMost(Duration.ofSeconds(10)).until(() -> one.hears() && other.hears());
      announce(one, "a");
      awaitHeard(ear, "a");
      forgetful.kill();
      await().atMost(Duration.ofSeconds(10)).until(() -> ear.missed.get() == 2);
      await().atMost(Duration.ofSeconds(10)).until(() -> one.hears() && other.hears());
      announce(one, "b");
      await().atMost(Duration.ofSeconds(10)).until(() -> ear.heard.contains("b"));
    }
  }

  @Test
  void aReaderThatWasAwayTooLongIsTold() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(ear)) {
      assertThat(one.hears()).isTrue();
      assertThat(ear.missed).hasValue(1);
      // what it heard last is no longer there: it cannot know what was written after that
      String log = prefix + "news";
      server.commands(
          "multi",
          "client kill type normal",
          "xadd " + log + " * s x n 0 t nano:1",
          "xtrim " + log + " maxlen 0",
          "xadd " + log + " * s x n 0 t nano:2",
          "exec");
      await().atMost(Duration.ofSeconds(10)).until(() -> ear.missed.get() == 2);
      await().atMost(Duration.ofSeconds(10)).until(one::hears);
    }
  }

  @Test
  void aRedisThatHangsMakesDeafAndHurtsNobody() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(ear)) {
      server.hang();
      await().atMost(Duration.ofSeconds(5)).until(() -> !one.hears());
      announce(one, "meanwhile");
      server.comeBack();
      await().atMost(Duration.ofSeconds(10)).until(one::hears);
      awaitNothingLeft();
    }
  }
}
