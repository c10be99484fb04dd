package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.NanoServer;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.main.ServerConfig;
import dev.nanoctl.server.main.SharedConfig;
import dev.nanoctl.server.media.store.S3Server;
import dev.nanoctl.server.media.store.S3Settings;
import dev.nanoctl.server.redis.RedisServer;
import dev.nanoctl.server.search.SearchEngine;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** Two servers of one site on one database, one Redis and one bucket. */
@TestInstance(Lifecycle.PER_CLASS)
final class TwoServersStackIT {
  private static final Duration AT_ONCE = Duration.ofMillis(500);

  /**
   * How long after its answer a change may be unseen by the other server on a machine that is busy
   * with other things; what is stale by mistake stays so for minutes.
   */
  private static final Duration SLACK = Duration.ofMillis(500);

  @TempDir private static Path folder;
  private RedisServer redis;
  private GenericContainer<?> bucket;
  private TestServer first;
  private NanoServer second;
  private MarketFixture market;
  private Principal ada;
  private TestClient here;
  private TestClient there;

  @BeforeAll
  void start() {
    redis = RedisServer.durable();
    bucket = S3Server.SEAWEEDFS.start();
    S3Settings any = S3Server.SEAWEEDFS.settings(bucket, "none", folder.resolve("spool"));
    String name = S3Server.newBucket(any);
    var shared =
        new SharedConfig.ByRedis(
            redis.address(), redis.address(), UUID.randomUUID().toString(), "test");
    first =
        TestServer.start(
            InstantSource.system(), config -> config.with(objects(name, "one")).with(shared));
    ServerConfig config = first.config();
    second =
        NanoServer.start(
            new ServerConfig(
                config.listener(),
                config.database(),
                new ServerConfig.Packages(objects(name, "two"), config.clamd()),
                new SearchEngine.InFolder(folder.resolve("second-index")),
                config.limits(),
                shared));
    market =
        new MarketFixture(first.database().jdbi(), InstantSource.system(), SharedConfig.Kind.REDIS);
    ada = market.person(Role.CREATOR);
    here = market.client(first, ada);
    there = thereAs(here);
  }

  private ObjectsConfig objects(String name, String server) {
    Path own = folder.resolve(server);
    return new ObjectsConfig.Bucket(
        S3Server.SEAWEEDFS.settings(bucket, name, own.resolve("spool")), own);
  }

  private TestClient guestThere() {
    return TestClient.of(URI.create("http://127.0.0.1:" + second.port()));
  }

  /** The same person with the same token at the second server. */
  private TestClient thereAs(TestClient who) {
    return guestThere().with("Authorization", who.header("Authorization"));
  }

  @AfterAll
  void stop() {
    if (second != null) {
      second.close();
    }
    if (first != null) {
      first.close();
    }
    if (bucket != null) {
      bucket.stop();
    }
    if (redis != null) {
      redis.close();
    }
  }

  private static String title(TestClient client, UUID nano) {
    TestClient.Reply reply = client.get("nanos/" + nano);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.data().text("title").orElseThrow();
  }

  private static void rename(TestClient client, UUID nano, String title) {
    TestClient.Reply reply = client.patch("nanos/" + nano, "{\"title\": \"" + title + "\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @Test
  void aChangeThroughOneIsSeenThroughTheOtherAtOnce() {
    UUID nano = market.published(ada, "Knoten binden");
    TestClient guest = guestThere();
    await().atMost(Duration.ofSeconds(10)).until(() -> found(guest, "Knoten").contains("binden"));
    assertThat(title(guest, nano)).isEqualTo("Knoten binden");
    rename(here, nano, "Knoten nochmals anders");
    await()
        .atMost(AT_ONCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> title(guest, nano).equals("Knoten nochmals anders"));
    await()
        .atMost(AT_ONCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> guest.get("nanos?limit=100").text().contains("Knoten nochmals anders"));
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> found(guest, "nochmals").contains("nochmals"));
    TestClient guestHere = first.client();
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> found(guestHere, "nochmals").contains("nochmals"));
  }

  private static String found(TestClient client, String words) {
    return client.get("search?q=" + words).text();
  }

  @Test
  void aSessionIsTheSameOnBoth() {
    MediaSite.person(first, "ben", Role.CREATOR);
    String token = MediaSite.token(guestThere(), "ben");
    TestClient ben = first.client().with("Authorization", token);
    TestClient benThere = guestThere().with("Authorization", token);
    assertThat(ben.get("auth/me").status()).isEqualTo(200);
    assertThat(benThere.get("auth/me").status()).isEqualTo(200);
    assertThat(ben.post("auth/logout", "{}").status()).isLessThan(300);
    assertThat(benThere.get("auth/me").status()).isEqualTo(401);
  }

  @Test
  void anUploadBegunOnOneIsFinishedOnTheOtherAndItsJobRunsOnce() {
    byte[] archive = MediaSite.pages(300_000, 11);
    UUID nano = MediaSite.draft(here, "Ufer befestigen");
    UUID upload = MediaSite.announce(here, archive.length);
    int at = 0;
    for (int part = 0; at < archive.length; part++) {
      byte[] some = Arrays.copyOfRange(archive, at, Math.min(archive.length, at + 100_000));
      TestClient through = part % 2 == 0 ? here : there;
      assertThat(MediaSite.append(through, upload, at, some).status()).isEqualTo(204);
      at += some.length;
    }
    JsonObject job = MediaSite.version(there, nano, upload, "1.0.0");
    assertThat(job.text("state")).as(job.toString()).hasValue("done");
    assertThat(here.get("nanos/" + nano + "/versions/1.0.0/download").raw().body())
        .isEqualTo(archive);
    assertThat(attempts()).containsOnly(1);
  }

  private List<Integer> attempts() {
    return first
        .database()
        .jdbi()
        .withHandle(tx -> tx.createQuery("SELECT attempts FROM job").mapTo(Integer.class).list());
  }

  @Test
  void nothingStaleIsServedWhileBothChangeTheSame() throws InterruptedException {
    List<UUID> nanos = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nanos.add(market.published(ada, "Ausgabe 0"));
    }
    var stale = new Staleness(nanos);
    stale.run(Duration.ofSeconds(6), () -> {});
    stale.verdict();
  }

  @Test
  void nothingStaleIsServedAndNothingFailsWhileRedisIsKilled() throws InterruptedException {
    List<UUID> nanos = List.of(market.published(ada, "Ausgabe 0"));
    var stale = new Staleness(nanos);
    stale.run(
        Duration.ofSeconds(8),
        () -> {
          Thread.sleep(1_000);
          redis.kill();
          Thread.sleep(2_500);
          redis.kill();
        });
    stale.verdict();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> here.get("/ready").data().text("status").equals(Optional.of("ready")));
  }

  /** Something that goes wrong meanwhile. */
  private interface Trouble {
    void happen() throws InterruptedException;
  }

  /** Writers on both servers, readers on both, and what the latter saw of the former. */
  private final class Staleness {
    private final List<UUID> nanos;
    private final List<AtomicInteger> written = new ArrayList<>();
    private final List<AtomicLong> writtenAt = new ArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    Staleness(List<UUID> nanos) {
      this.nanos = nanos;
      for (UUID _ : nanos) {
        written.add(new AtomicInteger());
        writtenAt.add(new AtomicLong(System.nanoTime()));
      }
    }

    void run(Duration time, Trouble trouble) throws InterruptedException {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < nanos.size(); i++) {
          int which = i;
          threads.execute(() -> guard(() -> write(which)));
          threads.execute(() -> guard(() -> read(first.client(), which)));
          threads.execute(() -> guard(() -> read(guestThere(), which)));
        }
        Thread.ofVirtual()
            .start(() -> {
              try {
                trouble.happen();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
        Thread.sleep(time);
        over.set(true);
      }
    }

    private void guard(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException | AssertionError e) {
        wrong.add(e.toString());
      }
    }

    /** One change after the other, through this server and that. */
    private void write(int which) {
      TestClient one = market.client(first, ada);
      TestClient other = thereAs(one);
      int edition = 0;
      while (!over.get()) {
        edition++;
        rename(edition % 2 == 0 ? one : other, nanos.get(which), "Ausgabe " + edition);
        // answered: from here on everybody has to see it
        writtenAt.get(which).set(System.nanoTime());
        written.get(which).set(edition);
        pause(edition % 7 == 0 ? 60 : 5);
      }
    }

    private void read(TestClient client, int which) {
      while (!over.get()) {
        int least = written.get(which).get();
        long since = System.nanoTime() - writtenAt.get(which).get();
        String title = title(client, nanos.get(which));
        int seen = Integer.parseInt(title.substring("Ausgabe ".length()));
        if (seen < least && since > SLACK.toNanos()) {
          wrong.add(
              "saw " + seen + " though " + least + " was written " + since / 1_000 + " us ago");
        }
        reads.incrementAndGet();
        pause(2);
      }
    }

    void verdict() {
      assertThat(wrong).isEmpty();
      assertThat(reads.get()).isGreaterThan(200);
      for (int i = 0; i < nanos.size(); i++) {
        String last = "Ausgabe " + written.get(i).get();
        assertThat(written.get(i).get()).isGreaterThan(10);
        UUID nano = nanos.get(i);
        await().atMost(SLACK).until(() -> title(first.client(), nano).equals(last));
        await().atMost(SLACK).until(() -> title(guestThere(), nano).equals(last));
      }
    }

    private static void pause(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
