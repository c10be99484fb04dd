package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a site's certificate fresh, beside the agent's own work: decides when it is time, lets
 * another process of this program do the asking, and has whoever serves the pair read it again.
 */
public final class CertificateKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration COPY = Duration.ofMinutes(1);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_STEPS = 6;
  private static final Duration START = Duration.ofSeconds(45);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

  /** Has the pair read again by whoever serves it. */
  @FunctionalInterface
  public interface Reload {
    /** Returns once it is asked to; an exception when it could not be asked, to be tried again. */
    void reload() throws IOException, InterruptedException;

    /** For a server that looks at the files itself. */
    static Reload none() {
      return () -> {};
    }
  }

  private final Certificates certificates;
  private final List<String> renewal;
  private final Reload reload;
  private final Thread thread;
  private Optional<String> served;
  private Instant nextCopy = steady();
  private Instant nextRun = steady();
  private int idle;
  private final Instant impatient = steady().plus(START);

  private CertificateKeeper(Certificates certificates, List<String> renewal, Reload reload) {
    this.certificates = certificates;
    this.renewal = renewal;
    this.reload = reload;
    this.served = certificates.current();
    this.thread = Thread.ofPlatform().daemon().name("certificates").unstarted(this::untilClosed);
  }

  /**
   * Begins.
   *
   * @param renewal the command line that renews the certificate when it is time to
   */
  public static CertificateKeeper start(
      Certificates certificates, List<String> renewal, Reload reload) {
    var keeper = new CertificateKeeper(certificates, renewal, reload);
    keeper.thread.start();
    return keeper;
  }

  private void untilClosed() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(BEAT);
        beat(steady());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat(Instant now) throws InterruptedException {
    try {
      if (certificates.copied() && !now.isBefore(nextCopy)) {
        nextCopy = now.plus(COPY);
        certificates.prepare();
      }
      boolean patient = now.isBefore(impatient) && !certificates.answering();
      if (!now.isBefore(nextRun) && !patient && certificates.due()) {
        run();
        // what still looks due is so by a configuration that only a restart reads
        idle = certificates.due() ? Math.min(idle + 1, MOST_STEPS) : 0;
        nextRun = steady().plus(LEAST_PAUSE.multipliedBy(1L << idle));
      }
      Optional<String> current = certificates.current();
      if (!current.equals(served)) {
        reload.reload();
        served = current;
        LOG.info("the new certificate is served");
      }
    } catch (IOException | UncheckedIOException | ProblemException e) {
      LOG.warn("the certificate is not renewed: {}", e.getMessage());
    }
  }

  private void run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(renewal)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("the authority was asked for a certificate in vain for {}", LONGEST_RUN);
      } else if (process.exitValue() != 0) {
        LOG.warn("no certificate was got; nanoctl certs status says why");
      }
    } finally {
      process.destroy();
    }
  }

  /** A time that no change of the wall clock disturbs, good only for differences. */
  private static Instant steady() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
