package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.tls.AcmeAuthority.Refused;
import dev.nanoctl.appliance.tls.RenewalRule.Action;
import dev.nanoctl.appliance.tls.RenewalRule.Present;
import dev.nanoctl.appliance.tls.RenewalRule.Window;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a site's certificates from its authority (ACME), and remembers how that went. */
final class AcmeRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(AcmeRenewal.class);
  private static final URI LETS_ENCRYPT =
      URI.create("https://acme-v02.api.letsencrypt.org/directory");
  private static final URI STAGING =
      URI.create("https://acme-staging-v02.api.letsencrypt.org/directory");

  private final Layout layout;
  private final SiteConfig config;
  private final PairStore store;
  private final OwnCertificate own;
  private final Challenges challenges;
  private final InstantSource clock;

  AcmeRenewal(Layout layout, SiteConfig config, InstantSource clock) {
    this.layout = layout;
    this.config = config;
    this.store = new PairStore(layout.pairs());
    this.own = new OwnCertificate(layout, clock);
    this.challenges = new Challenges(layout.challenges());
    this.clock = clock;
  }

  /** What is to be done now, going by what is known without asking anybody. */
  Action next() {
    return next(state());
  }

  private Action next(AcmeState state) {
    return RenewalRule.decide(clock.instant(), present(state), state.window(), state.failures());
  }

  AcmeState state() {
    return AcmeState.read(layout.acme(), config.server().tls().acme().directory().toString());
  }

  Optional<Present> present(AcmeState state) {
    return store
        .read()
        .map(pair -> {
          X509Certificate leaf = pair.leaf();
          String fingerprint = TlsPair.fingerprint(leaf);
          boolean wanted = fingerprint.equals(state.issued()) && HostNames.cover(leaf, domain());
          return new Present(
              leaf.getNotBefore().toInstant(),
              leaf.getNotAfter().toInstant(),
              wanted,
              Long.parseLong(fingerprint.substring(0, 8), 16) / (double) 0xffff_ffffL);
        });
  }

  /** Why the site shows that certificate and no better one; empty where all is well. */
  Optional<Problem> trouble(X509Certificate shown) {
    AcmeState state = state();
    if (state.problem().isPresent() || TlsPair.fingerprint(shown).equals(state.issued())) {
      return state.problem();
    }
    return Optional.of(
        new Problem.NotWell(
            "NC-ACME-STAND-IN",
            "browsers are shown a stand-in until the authority gave a certificate",
            "nanoctl certs renew"));
  }

  /** Renews if it is time to, after asking the authority when it would like to; whether it did. */
  boolean renewWhenDue() throws InterruptedException {
    return locked(() -> {
      AcmeState state = state();
      Action action = next(state);
      if (action instanceof Action.Ask) {
        state = asked(state);
        action = next(state);
      }
      if (action instanceof Action.Renew) {
        renew(state);
        return true;
      }
      return false;
    });
  }

  /** Renews now, whatever was tried before. */
  void renewNow() throws InterruptedException {
    locked(() -> {
      renew(state());
      return true;
    });
  }

  /**
   * Gets a certificate from the authority's rehearsal service where there is one, shows it to
   * nobody, and remembers nothing.
   *
   * @return the authority that was asked
   */
  URI rehearse() throws InterruptedException {
    URI directory = config.server().tls().acme().directory();
    URI rehearsal = directory.equals(LETS_ENCRYPT) ? STAGING : directory;
    locked(() -> {
      try {
        issue(rehearsal, Optional.empty());
      } catch (Refused e) {
        throw e.refusal().problem().raise(e);
      }
      return true;
    });
    return rehearsal;
  }

  private void renew(AcmeState state)
      throws IOException, GeneralSecurityException, InterruptedException {
    try {
      preflight();
    } catch (ProblemException e) {
      state.unasked(e.problem()).write(layout.acme());
      throw e;
    }
    try {
      Optional<X509Certificate> replaced =
          store
              .read()
              .map(TlsPair::leaf)
              .filter(leaf -> TlsPair.fingerprint(leaf).equals(state.issued()));
      TlsPair pair = issue(config.server().tls().acme().directory(), replaced);
      String fingerprint = TlsPair.fingerprint(pair.leaf());
      store.put(pair, true);
      state.succeeded(fingerprint).write(layout.acme());
      LOG.info(
          "got a certificate for {} until {}", domain(), pair.leaf().getNotAfter().toInstant());
    } catch (Refused e) {
      var refusal = e.refusal();
      state.failed(refusal.problem(), clock.instant(), refusal.notBefore()).write(layout.acme());
      throw refusal.problem().raise(e);
    }
  }

  private TlsPair issue(URI directory, Optional<X509Certificate> replaced)
      throws Refused, IOException, GeneralSecurityException, InterruptedException {
    KeyPair key = Authority.pair();
    List<X509Certificate> chain = authority(directory).issue(domain(), key, challenges, replaced);
    return new TlsPair(chain, key.getPrivate());
  }

  private AcmeAuthority authority(URI directory)
      throws Refused, IOException, GeneralSecurityException {
    KeyPair account = new AccountKey(layout.secret("acme-account-key.pem")).ensure();
    Optional<Path> root = config.server().tls().acme().root().map(layout.site()::resolve);
    return AcmeAuthority.open(directory, root, account, clock);
  }

  /** What would make the authority ask in vain is found out before it is asked. */
  private void preflight() throws IOException {
    challenges.check(plainAddress(), domain());
    try {
      InetAddress.getAllByName(domain());
    } catch (UnknownHostException e) {
      throw AcmeProblems.refusal("urn:ietf:params:acme:error:dns", "no such name", domain())
          .raise(e);
    }
  }

  private InetSocketAddress plainAddress() {
    int port =
        config
            .plainPort()
            .orElseThrow(() ->
                AcmeProblems.problem(
                        "NC-ACME-PORT",
                        "nothing answers without encryption",
                        "nanoctl config set server.http_port 80")
                    .raise());
    return Loopback.of(config.server().bind(), port);
  }

  /** A failure to be told the wish of the authority is none: our own rule holds. */
  private AcmeState asked(AcmeState state) throws IOException, GeneralSecurityException {
    Optional<X509Certificate> leaf = store.read().map(TlsPair::leaf);
    if (leaf.isEmpty()) {
      return state;
    }
    Window window;
    try {
      var rule = RenewalRule.due(present(state).orElseThrow(), Optional.empty());
      window =
          authority(config.server().tls().acme().directory())
              .window(leaf.get())
              .orElse(new Window(rule, rule, clock.instant()));
    } catch (Refused e) {
      LOG.warn("{}", e.getMessage());
      var rule = RenewalRule.due(present(state).orElseThrow(), state.window());
      window = new Window(rule, rule, clock.instant());
    }
    AcmeState told = state.with(window);
    told.write(layout.acme());
    return told;
  }

  private String domain() {
    return config.server().domain().orElseThrow();
  }

  /** Something that talks to the authority. */
  @FunctionalInterface
  private interface Work {
    boolean run() throws IOException, GeneralSecurityException, InterruptedException;
  }

  /** An agent and an operator do not ask at the same time. */
  private boolean locked(Work work) throws InterruptedException {
    try (FileChannel channel =
        FileChannel.open(
            layout.acme().resolveSibling("acme.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new Problem.Locked(
                "NC-ACME-RUNNING",
                "a certificate is being asked for already",
                "wait a minute, then: nanoctl certs status")
            .raise();
      }
      challenges.prepare();
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key or certificate could not be made", e);
    }
  }

  /** A certificate of the own authority, until there is a better one. */
  void standIn() throws IOException, GeneralSecurityException {
    boolean usable =
        store.read().filter(pair -> HostNames.cover(pair.leaf(), domain())).isPresent();
    if (!usable) {
      store.put(TlsPair.read(own.ensure(domain())), false);
    }
  }
}
