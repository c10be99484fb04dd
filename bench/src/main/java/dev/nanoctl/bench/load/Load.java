package dev.nanoctl.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Clients that ask one after the other over connections they keep, until it is closed. A request
 * fails when no whole answer comes, or one with a status from 400 on.
 */
public final class Load implements AutoCloseable {
  private static final int FIRST_ERROR = 400;

  private final InetSocketAddress server;
  private final Duration pause;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  /**
   * A load on that server; nothing is asked yet.
   *
   * @param pause how long a client waits between two requests; zero: not at all
   */
  public Load(InetSocketAddress server, Duration pause) {
    this.server = server;
    this.pause = pause;
  }

  /**
   * Has more clients ask.
   *
   * @param asks the request of that number, counted over all these clients
   * @return what becomes of their requests
   */
  public Tally start(int clients, IntFunction<Ask> asks) {
    var tally = new Tally();
    for (int client = 0; client < clients; client++) {
      int first = client;
      threads.add(Thread.ofVirtual().start(() -> ask(first, clients, asks, tally)));
    }
    return tally;
  }

  private void ask(int first, int step, IntFunction<Ask> asks, Tally tally) {
    try (var connection = new Connection(server)) {
      for (int number = first; !ended; number += step) {
        once(connection, asks.apply(number), tally);
        if (!pause.isZero()) {
          Thread.sleep(pause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void once(Connection connection, Ask ask, Tally tally) {
    long begin = System.nanoTime();
    try {
      Connection.Reply reply = connection.send(ask);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      if (reply.status() < FIRST_ERROR) {
        tally.well(took);
      } else {
        tally.failed(ask, "status %d %s".formatted(reply.status(), start(reply.text())), took);
      }
    } catch (IOException | RuntimeException e) {
      tally.failed(ask, e.toString(), Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static String start(String text) {
    return text.substring(0, Math.min(200, text.length())).replaceAll("\\s+", " ");
  }

  /** Ends the clients after their present request. */
  @Override
  public void close() {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
