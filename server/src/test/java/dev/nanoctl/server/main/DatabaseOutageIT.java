package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestDatabase;
import dev.nanoctl.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseOutageIT {
  @TempDir Path folder;

  @Test
  void withoutItsDatabaseTheServerSaysSoAndItRecovers() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Line line = new Line(database.address().port())) {
      ServerConfig plain = TestServer.config(folder, database.config());
      ServerConfig config =
          plain.with(
              TestDatabase.config(
                  new dev.nanoctl.appliance.postgres.DatabaseAddress(
                      line.port(),
                      database.address().database(),
                      database.address().user(),
                      database.address().password()),
                  5));
      try (NanoServer server = NanoServer.start(config)) {
        TestClient client = TestClient.of(java.net.URI.create("http://127.0.0.1:" + server.port()));
        assertThat(client.get("/ready").status()).isEqualTo(200);

        line.cut();
        TestClient.Reply down = client.get("/ready");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.code()).isEqualTo("DEPENDENCY_DOWN");
        assertThat(client.get("/health").status()).isEqualTo(200);
        TestClient.Reply list = client.with("Authorization", "Bearer x").get("auth/me");
        assertThat(list.status()).isEqualTo(503);
        assertThat(list.header("Retry-After")).isEqualTo("5");

        line.mend();
        await()
            .atMost(Duration.ofSeconds(15))
            .until(() -> client.with("Authorization", "").get("/ready").status() == 200);
      }
    }
  }

  @Test
  void aCrashOfPostgresIsSurvived() throws Exception {
    try (ThrowawayPostgres own = ThrowawayPostgres.start()) {
      ServerConfig config = TestServer.config(folder, TestDatabase.config(own.createDatabase(), 5));
      try (NanoServer server = NanoServer.start(config)) {
        TestClient client = TestClient.of(java.net.URI.create("http://127.0.0.1:" + server.port()));
        // the death of one backend makes PostgreSQL drop everyone and recover
        long backend =
            ProcessHandle.of(own.process().pid())
                .orElseThrow()
                .children()
                .filter(child ->
                    child.info().commandLine().orElse("").contains("nanoctl")
                        || child.info().command().orElse("").contains("postgres"))
                .findFirst()
                .orElseThrow()
                .pid();
        new ProcessBuilder("kill", "-9", Long.toString(backend)).start().waitFor();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> {
              assertThat(client.get("/ready").status()).isEqualTo(200);
              assertThat(client.with("Authorization", "Bearer x").get("auth/me").status())
                  .isEqualTo(401);
            });
      }
    }
  }

  /** A line to a port that can be cut. */
  private static final class Line implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean works = true;

    Line(int target) throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> accept(target));
    }

    int port() {
      return socket.getLocalPort();
    }

    synchronized void cut() throws IOException {
      works = false;
      for (Socket one : open) {
        one.close();
      }
      open.clear();
    }

    void mend() {
      works = true;
    }

    private void accept(int target) {
      while (!socket.isClosed()) {
        try {
          Socket near = socket.accept();
          if (!works) {
            near.close();
            continue;
          }
          Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
          if (!join(near, far)) {
            continue;
          }
          Thread.ofVirtual().start(() -> copy(near, far));
          Thread.ofVirtual().start(() -> copy(far, near));
        } catch (IOException _) {
          // the next one
        }
      }
    }

    /** Notes a pair, unless the line was cut meanwhile. */
    private synchronized boolean join(Socket near, Socket far) throws IOException {
      if (!works) {
        near.close();
        far.close();
        return false;
      }
      open.add(near);
      open.add(far);
      return true;
    }

    private static void copy(Socket from, Socket to) {
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException _) {
        // cut
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      cut();
    }
  }
}
