package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.tls.RenewalRule.Window;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Trust;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** An authority that issues certificates by ACME (RFC 8555), asked with one account. */
final class AcmeAuthority {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Set<Status> DONE = EnumSet.of(Status.VALID, Status.INVALID);
  private static final Set<Status> PREPARED =
      EnumSet.of(Status.READY, Status.VALID, Status.INVALID);

  private final URI directory;
  private final Session session;
  private final Login login;
  private final InstantSource clock;

  private AcmeAuthority(URI directory, Session session, Login login, InstantSource clock) {
    this.directory = directory;
    this.session = session;
    this.login = login;
    this.clock = clock;
  }

  /** The authority could not, or would not; says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient AcmeProblems.Refusal refusal;

    Refused(AcmeProblems.Refusal refusal, Throwable cause) {
      super(refusal.problem().message(), cause);
      this.refusal = refusal;
    }

    Refused(Problem problem) {
      super(problem.message());
      this.refusal = new AcmeProblems.Refusal(problem);
    }

    AcmeProblems.Refusal refusal() {
      return refusal;
    }
  }

  /**
   * Signs in with that key; an account of it that exists is used again.
   *
   * @param root what the authority's own connections are trusted by, if the usual ones do not do
   */
  static AcmeAuthority open(
      URI directory, Optional<Path> root, KeyPair account, InstantSource clock) throws Refused {
    try {
      var session = new Session(directory, new Provider(context(root)));
      session.networkSettings().setTimeout(Duration.ofSeconds(20));
      session.networkSettings().setProxySelector(ProxySelector.getDefault());
      session.setLocale(java.util.Locale.ENGLISH);
      Login login =
          new AccountBuilder().agreeToTermsOfService().useKeyPair(account).createLogin(session);
      return new AcmeAuthority(directory, session, login, clock);
    } catch (AcmeException e) {
      throw new Refused(AcmeProblems.of(e, "", directory), e);
    } catch (IOException | GeneralSecurityException e) {
      throw new Problem.Configuration(
              "NC-ACME-ROOT",
              "server.tls.acme.root cannot be used: " + e.getMessage(),
              "name a PEM certificate, or: nanoctl config set server.tls.acme.root --default")
          .raise(e);
    }
  }

  /** The address of the account, which tells it from others. */
  URI account() {
    return URI.create(login.getAccountLocation().toString());
  }

  /**
   * A certificate of a name, for that key.
   *
   * @param challenges where the answers to the authority's question are put
   * @param replaced the certificate it follows, if any
   */
  List<X509Certificate> issue(
      String domain, KeyPair key, Challenges challenges, Optional<X509Certificate> replaced)
      throws Refused, InterruptedException, IOException {
    try {
      Order order = order(domain, replaced);
      for (Authorization authorization : order.getAuthorizations()) {
        if (authorization.getStatus() == Status.PENDING) {
          prove(authorization, domain, challenges);
        }
      }
      expect(await(order, PREPARED), order, domain);
      if (order.getStatus() == Status.READY) {
        order.execute(key);
      }
      expect(await(order, DONE), order, domain);
      return order.getCertificate().getCertificateChain();
    } catch (AcmeException e) {
      throw new Refused(AcmeProblems.of(e, domain, directory), e);
    }
  }

  private Order order(String domain, Optional<X509Certificate> replaced) throws AcmeException {
    boolean tells = session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent();
    if (replaced.isPresent() && tells) {
      try {
        return login.newOrder().domain(domain).replaces(replaced.get()).create();
      } catch (AcmeException _) {
        // it was replaced already, or is another authority's; the order is good without it
        return login.newOrder().domain(domain).create();
      }
    }
    return login.newOrder().domain(domain).create();
  }

  private void prove(Authorization authorization, String domain, Challenges challenges)
      throws AcmeException, Refused, InterruptedException, IOException {
    Http01Challenge challenge =
        authorization
            .findChallenge(Http01Challenge.class)
            .orElseThrow(() ->
                new Refused(
                    AcmeProblems.problem(
                        "NC-ACME-NAME",
                        "the authority does not let %s be proved by HTTP".formatted(domain),
                        "use another authority, or server.tls.mode files")));
    challenges.put(challenge.getToken(), challenge.getAuthorization());
    try {
      challenge.trigger();
      if (await(challenge, DONE) != Status.VALID) {
        throw new Refused(
            challenge
                .getError()
                .map(error ->
                    AcmeProblems.refusal(error.getType().toString(), error.toString(), domain))
                .orElseGet(() -> AcmeProblems.refusal("invalid", "no reason given", domain)));
      }
    } finally {
      challenges.remove(challenge.getToken());
    }
  }

  private static void expect(Status status, Order order, String domain) throws Refused {
    if (status == Status.INVALID) {
      throw new Refused(
          order
              .getError()
              .map(error ->
                  AcmeProblems.refusal(error.getType().toString(), error.toString(), domain))
              .orElseGet(() -> AcmeProblems.refusal("invalid", "no reason given", domain)));
    }
  }

  private Status await(PollableResource resource, Set<Status> ends)
      throws AcmeException, InterruptedException {
    Instant end = clock.instant().plus(PATIENCE);
    Duration pause = FIRST_PAUSE;
    while (!ends.contains(resource.getStatus())) {
      if (clock.instant().isAfter(end)) {
        throw new AcmeException("it did not decide within " + PATIENCE.toSeconds() + " seconds");
      }
      Thread.sleep(pause);
      Optional<Instant> asked = resource.fetch();
      Duration wanted = asked.map(at -> Duration.between(clock.instant(), at)).orElse(pause);
      Duration longer = pause.multipliedBy(2);
      pause = wanted.compareTo(longer) > 0 ? wanted : longer;
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    return resource.getStatus();
  }

  /** When it would like to renew that certificate; empty where it does not say. */
  Optional<Window> window(X509Certificate certificate) throws Refused {
    try {
      if (session.resourceUrlOptional(Resource.RENEWAL_INFO).isEmpty()) {
        return Optional.empty();
      }
      var info = login.bindRenewalInfo(certificate);
      info.fetch();
      return Optional.of(
          new Window(
              info.getSuggestedWindowStart(), info.getSuggestedWindowEnd(), clock.instant()));
    } catch (AcmeException e) {
      throw new Refused(AcmeProblems.of(e, "", directory), e);
    }
  }

  private static Optional<SSLContext> context(Optional<Path> root)
      throws IOException, GeneralSecurityException {
    return root.isEmpty() ? Optional.empty() : Optional.of(Trust.in(root));
  }

  /** Speaks to any authority; where it is a private one, trusts its root only. */
  private static final class Provider extends GenericAcmeProvider {
    private final Optional<SSLContext> context;

    Provider(Optional<SSLContext> context) {
      this.context = context;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
      var builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(settings.getTimeout())
              .proxy(settings.getProxySelector());
      context.ifPresent(builder::sslContext);
      return builder.build();
    }
  }
}
