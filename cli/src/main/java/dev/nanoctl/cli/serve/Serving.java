package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.cli.command.ServeCommand;
import dev.nanoctl.cli.logs.Logging;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.main.NanoServer;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** Serves until the process is asked to end; then what is under way is finished. */
public final class Serving implements ServeCommand.Server {
  private static final Duration RENEWAL = Duration.ofHours(12);

  private final OutputStream log;
  private final InstantSource clock;

  /** Logs to that stream. */
  public Serving(OutputStream log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void serve(SiteFolder site) {
    Carriers.prepare();
    Instance instance = Instance.find(site).orElseGet(() -> Instance.require(site));
    SiteConfig config = new SiteConfigFile(site.config()).load();
    Logging.toStream(log, config.log().level());
    var asked = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> wait(asked, ended), "drain"));
    boolean host = instance.ports().engine() == SiteConfig.Engine.EMBEDDED;
    if (host && config.server().tls().mode() == SiteConfig.TlsMode.SELF_SIGNED) {
      var certificate = new OwnCertificate(instance.layout(), clock);
      Thread.ofVirtual().start(() -> renew(certificate, config.url().getHost()));
    }
    try (var server = NanoServer.start(ServerSettings.of(instance, config, clock))) {
      assert server.port() > 0;
      asked.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  /** Renews the own certificate in time; the server sees the new files and shows it. */
  private static void renew(OwnCertificate certificate, String host) {
    try {
      while (true) {
        Thread.sleep(RENEWAL);
        certificate.ensure(host);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs when the process was asked to end: it ends when the server has. */
  private static void wait(CountDownLatch asked, CountDownLatch ended) {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
