package dev.nanoctl.server.http;

import dev.nanoctl.core.ProblemException;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the server show a new certificate as soon as its files were replaced; connections that are
 * open stay so. Files that do not fit together are told about in the log, and the old certificate
 * stays.
 */
final class TlsWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

  private final HttpConfig.Tls files;
  private final WebServer server;
  private final Duration pause;
  private final Thread thread;

  private TlsWatch(HttpConfig.Tls files, WebServer server, Duration pause) {
    this.files = files;
    this.server = server;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("tls-watch").unstarted(this::untilClosed);
  }

  /** Looks at the files after every pause. */
  static TlsWatch start(HttpConfig.Tls files, WebServer server, Duration pause) {
    TlsWatch watch = new TlsWatch(files, server, pause);
    watch.thread.start();
    return watch;
  }

  private void untilClosed() {
    try {
      FileTime seen = newest();
      while (true) {
        Thread.sleep(pause);
        FileTime now = newest();
        if (now.compareTo(seen) > 0) {
          seen = now;
          // both files are replaced, one after the other
          Thread.sleep(pause);
          reload();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload() {
    try {
      server.reloadTls(PemTls.read(files));
      LOG.info("the certificate {} is served from now on", files.certificates());
    } catch (ProblemException | IllegalArgumentException | UnsupportedOperationException e) {
      LOG.error("the new certificate is not served: {}", e.getMessage());
    }
  }

  private FileTime newest() {
    try {
      FileTime certificates = Files.getLastModifiedTime(files.certificates());
      FileTime key = Files.getLastModifiedTime(files.key());
      return certificates.compareTo(key) > 0 ? certificates : key;
    } catch (IOException _) {
      return FileTime.fromMillis(0); // one of them is just being replaced
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
