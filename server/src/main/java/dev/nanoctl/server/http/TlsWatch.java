package dev.nanoctl.server.http;

import dev.nanoctl.core.ProblemException;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the server show a new certificate as soon as its files were replaced; connections that are
 * open stay so. Files that do not fit together are told about in the log, and the old certificate
 * stays.
 */
final class TlsWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
  private static final int PATIENCE = 10;

  /** Which files these are, and when they were written. */
  private record Seen(Path certificates, FileTime certificatesAt, Path key, FileTime keyAt) {}

  private final ServedTls served;
  private final WebServer server;
  private final Duration pause;
  private final Thread thread;
  private @Nullable Seen shown;
  private int failures;

  private TlsWatch(ServedTls served, WebServer server, Duration pause) {
    this.served = served;
    this.server = server;
    this.pause = pause;
    this.shown = seen();
    this.thread = Thread.ofVirtual().name("tls-watch").unstarted(this::untilClosed);
  }

  /** Looks at the files after every pause. */
  static TlsWatch start(ServedTls served, WebServer server, Duration pause) {
    TlsWatch watch = new TlsWatch(served, server, pause);
    watch.thread.start();
    return watch;
  }

  private void untilClosed() {
    try {
      while (true) {
        Thread.sleep(pause);
        Seen now = seen();
        if (now != null && !now.equals(shown)) {
          reload(now);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The files are replaced one after the other, so only what stays wrong is worth a line. */
  private void reload(Seen now) {
    try {
      server.reloadTls(served.load());
      LOG.info("the certificate {} is served from now on", served.files().certificates());
      shown = now;
      failures = 0;
    } catch (ProblemException | IllegalArgumentException | UnsupportedOperationException e) {
      failures++;
      if (failures == PATIENCE) {
        LOG.error("the new certificate is not served: {}", e.getMessage());
      }
    }
  }

  private @Nullable Seen seen() {
    try {
      HttpConfig.Tls files = PemTls.settled(served.files());
      return new Seen(
          files.certificates(),
          Files.getLastModifiedTime(files.certificates()),
          files.key(),
          Files.getLastModifiedTime(files.key()));
    } catch (IOException _) {
      return null; // one of them is just being replaced
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
