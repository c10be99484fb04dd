package dev.nanoctl.cli;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.tls.CertificateView;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.appliance.tls.PairFiles;
import dev.nanoctl.cli.command.Certs;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/** The certificate of an instance, and the keys of its configuration that name it. */
final class SiteCertificates implements Certs {
  private static final String MODE = "server.tls.mode";

  private final InstantSource clock;

  SiteCertificates(InstantSource clock) {
    this.clock = clock;
  }

  private static SiteConfigFile file(SiteFolder site) {
    return new SiteConfigFile(site.config());
  }

  private Certificates of(SiteFolder site) {
    return of(site, file(site).load());
  }

  private Certificates of(SiteFolder site, SiteConfig config) {
    return Certificates.of(Instance.require(site).layout(), config, clock);
  }

  @Override
  public CertificateView view(SiteFolder site) {
    return of(site).view();
  }

  @Override
  public boolean renewWhenDue(SiteFolder site) {
    // an agent asks while its instance is only just being installed
    var layout = Instance.find(site).orElseGet(() -> Instance.require(site)).layout();
    return interruptibly(() -> Certificates.of(layout, file(site).load(), clock).renewWhenDue());
  }

  @Override
  public boolean renew(SiteFolder site) {
    Certificates certificates = of(site);
    return interruptibly(() -> {
      certificates.renew();
      return certificates.awaitShown();
    });
  }

  @Override
  public URI rehearse(SiteFolder site) {
    return interruptibly(of(site)::rehearse);
  }

  @Override
  public void check(SiteFolder site, Path certificate, Path key) {
    of(site).check(new PairFiles(certificate, key), true);
  }

  @Override
  public Taken take(SiteFolder site, Path certificate, Path key) {
    Certificates certificates = of(site);
    certificates.check(new PairFiles(certificate, key), false);
    return serve(site, certificates);
  }

  @Override
  public Taken back(SiteFolder site) {
    Certificates certificates = of(site);
    certificates.back();
    return serve(site, certificates);
  }

  /** Lets the configuration name the imported pair, if it does not do so yet. */
  private Taken serve(SiteFolder site, Certificates certificates) {
    SiteConfigFile file = file(site);
    PairFiles pair = certificates.imported();
    ConfigText old = file.text();
    ConfigText changed =
        with(
            with(
                with(old, "server.tls.certificate", pair.certificates().toString()),
                "server.tls.key",
                pair.key().toString()),
            MODE,
            "files");
    if (changed.equals(old)) {
      return interruptibly(certificates::awaitShown) ? Taken.SHOWN : Taken.IN_PLACE;
    }
    if (changed.check() instanceof ConfigCheck.Invalid(var errors)) {
      throw file.invalid(errors).raise();
    }
    file.write(changed);
    return Taken.AFTER_RESTART;
  }

  private static ConfigText with(ConfigText text, String key, String value) {
    return text.with(key, value).orElseThrow(() -> ConfigText.byHand(key));
  }

  /** Something that waits for others. */
  @FunctionalInterface
  private interface Waiting<T> {
    T done() throws InterruptedException;
  }

  private static <T> T interruptibly(Waiting<T> work) {
    try {
      return work.done();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(
              "NC-INTERRUPTED", "interrupted; nothing was changed", "run it again")
          .raise(e);
    }
  }
}
