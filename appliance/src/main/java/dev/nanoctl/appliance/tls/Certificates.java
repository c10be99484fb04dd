package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.tls.RenewalRule.Action;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The certificates of one site: where they come from, which one is served, and what is next. */
public final class Certificates {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final int CONNECT_MILLIS = 1000;

  private final Layout layout;
  private final SiteConfig config;
  private final InstantSource clock;
  private final PairStore store;

  private Certificates(Layout layout, SiteConfig config, InstantSource clock) {
    this.layout = layout;
    this.config = config;
    this.clock = clock;
    this.store = new PairStore(layout.pairs());
  }

  /** The certificates of the site with that configuration. */
  public static Certificates of(Layout layout, SiteConfig config, InstantSource clock) {
    return new Certificates(layout, config, clock);
  }

  /**
   * Makes sure that there is a pair to serve, and the folders an entry container is handed: a
   * certificate of the own authority, a copy of the configured files, or, until an authority
   * answered, a stand-in.
   *
   * @return where the pair is found from now on, whichever it is; nothing is there without TLS
   */
  public PairFiles prepare() {
    try {
      store.prepare();
      new Challenges(layout.challenges()).prepare();
      switch (config.server().tls().mode()) {
        case OFF -> {}
        case SELF_SIGNED -> copy(new OwnCertificate(layout, clock).ensure(host()), false);
        case FILES -> copy(configured(), true);
        case ACME -> renewal().standIn();
      }
      return store.files();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw unusable(e.getMessage()).raise(e);
    }
  }

  private PairFiles configured() {
    SiteConfig.Tls tls = config.server().tls();
    return new PairFiles(
        layout.site().resolve(tls.certificate().orElseThrow()),
        layout.site().resolve(tls.key().orElseThrow()));
  }

  private void copy(PairFiles files, boolean insists) throws IOException, GeneralSecurityException {
    TlsPair pair = TlsPair.read(files);
    boolean same = store.read().filter(present -> present.chain().equals(pair.chain())).isPresent();
    if (!same) {
      store.put(pair, insists);
    }
  }

  private static Problem unusable(@org.jspecify.annotations.Nullable String why) {
    return new Problem.Configuration(
        "NC-TLS-FILES",
        "the certificate and its key cannot be used: " + why,
        "give a PEM certificate chain and its unencrypted PKCS#8 key (BEGIN PRIVATE KEY)");
  }

  private String host() {
    return HostNames.bare(config.url().getHost());
  }

  private AcmeRenewal renewal() {
    return new AcmeRenewal(layout, config, clock);
  }

  /** Which pair is the current one; changes with every swap. */
  Optional<String> current() {
    return store.name();
  }

  /** Whether the authority is to be asked for something now. */
  boolean due() {
    return config.server().tls().mode() == TlsMode.ACME
        && !(renewal().next() instanceof Action.Wait);
  }

  /** Whether what shows challenges has started; without it an authority is asked in vain. */
  boolean answering() {
    try (var socket = new Socket()) {
      socket.connect(
          Loopback.of(config.server().bind(), config.plainPort().orElse(0)), CONNECT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }

  /** Whether the files that are served are copies, which have to follow what they are copies of. */
  boolean copied() {
    return config.site().engine() == SiteConfig.Engine.DOCKER
        && (config.server().tls().mode() == TlsMode.SELF_SIGNED
            || config.server().tls().mode() == TlsMode.FILES);
  }

  /**
   * Gets a new certificate if it is time to; with {@link TlsMode#ACME} only.
   *
   * @return whether there is a new one
   */
  public boolean renewWhenDue() throws InterruptedException {
    return config.server().tls().mode() == TlsMode.ACME && renewal().renewWhenDue();
  }

  /** Gets a new certificate now; a problem where the mode does not get any, or it failed. */
  public void renew() throws InterruptedException {
    renewable().renewNow();
  }

  /** Tries out whether a certificate would be got, without changing anything; whom it asked. */
  public URI rehearse() throws InterruptedException {
    return renewable().rehearse();
  }

  private AcmeRenewal renewable() {
    if (config.server().tls().mode() != TlsMode.ACME) {
      throw new Problem.Usage(
              "NC-ACME-OFF",
              "server.tls.mode is not acme: there is no authority to ask",
              "nanoctl config set server.tls.mode acme, then: nanoctl restart")
          .raise();
    }
    return renewal();
  }

  /**
   * Checks a certificate and its key, then makes them the current pair at one stroke; the one
   * before is kept. The configuration is to name {@link #imported()} for it to be served.
   *
   * @throws dev.nanoctl.core.ProblemException with the first thing that is wrong; nothing changes
   */
  public void check(PairFiles files, boolean onlyCheck) {
    try {
      TlsPair pair = TlsPair.read(files);
      List<Problem> problems = ImportCheck.problems(pair, host(), clock.instant());
      if (!problems.isEmpty()) {
        throw problems.getFirst().raise();
      }
      if (!onlyCheck) {
        new Challenges(layout.challenges()).prepare();
        store.put(pair, true);
      }
    } catch (IOException e) {
      throw unusable(e.getMessage()).raise(e);
    } catch (GeneralSecurityException e) {
      throw unusable(e.getMessage()).raise(e);
    }
  }

  /** Where imported pairs are found, relative to the site's folder. */
  public PairFiles imported() {
    Path root = layout.root();
    PairFiles files = store.files();
    return new PairFiles(root.relativize(files.certificates()), root.relativize(files.key()));
  }

  /** Serves the pair before the current one again. */
  public void back() {
    try {
      if (!store.back()) {
        throw new Problem.Usage(
                "NC-TLS-NO-PREVIOUS",
                "there is no earlier certificate to go back to",
                "nanoctl certs import --certificate FILE --key FILE")
            .raise();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the certificate in the files is shown; waits a while for the server to notice it. */
  public boolean awaitShown() throws InterruptedException {
    Instant end = clock.instant().plus(PATIENCE);
    while (true) {
      Optional<X509Certificate> shown = ServedLook.at(config);
      Optional<X509Certificate> wanted =
          CertificateView.leaf(ServedCertificate.file(layout, config));
      if (shown.isPresent() && shown.equals(wanted)) {
        return true;
      }
      if (shown.isEmpty() || clock.instant().isAfter(end)) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** What there is to be known about the certificate now. */
  public CertificateView view() {
    return CertificateView.of(layout, config, store, renewal(), clock);
  }
}
