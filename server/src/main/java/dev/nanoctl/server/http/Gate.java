package dev.nanoctl.server.http;

import dev.nanoctl.server.limit.RateLimit;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/** Decides whether a request may come in: who it is, where it comes from, how often. */
final class Gate {
  private static final HeaderName CSRF = HeaderNames.create("X-CSRF-Token");
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final String BEARER = "Bearer ";

  private final Site site;
  private final Authentication authentication;
  private final RateLimit limits;
  private final Limit reads;
  private final Limit writes;
  private final int factor;

  Gate(Site site, Authentication authentication, RateLimit limits, HttpConfig.Limits most) {
    this.site = site;
    this.authentication = authentication;
    this.limits = limits;
    this.reads = Limit.perMinute("reads", most.reads());
    this.writes = Limit.perMinute("writes", most.writes());
    this.factor = most.factor();
  }

  /** Lets the request pass or throws; afterwards the exchange knows who asks. */
  void pass(Exchange exchange, Endpoint endpoint) {
    if (endpoint.isLocalOnly() && !exchange.fromInside()) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
    boolean changes = !exchange.isGet();
    if (changes) {
      requireOurOrigin(exchange);
    }
    identify(exchange, endpoint, changes);
    count(exchange, changes ? writes : reads, 1);
    endpoint.limits().forEach(limit -> count(exchange, limit, factor));
    authorise(exchange, endpoint);
  }

  private void identify(Exchange exchange, Endpoint endpoint, boolean changes) {
    String authorization = exchange.first(HeaderNames.AUTHORIZATION);
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      exchange.principal =
          authentication
              .find(authorization.substring(BEARER.length()).strip())
              .orElseThrow(() -> new ApiException(ApiError.TOKEN_EXPIRED))
              .principal();
      return;
    }
    Optional<String> cookie = Cookies.read(exchange.first(HeaderNames.COOKIE), site.accessCookie());
    if (cookie.isEmpty()) {
      return;
    }
    Optional<Authentication.SignedIn> found = authentication.find(cookie.get());
    if (found.isEmpty()) {
      // a stale cookie must not keep anyone from public pages, or from signing in again
      if (endpoint.access() != Access.PUBLIC) {
        throw new ApiException(ApiError.TOKEN_EXPIRED);
      }
      return;
    }
    if (changes && !same(exchange.first(CSRF), found.get().csrfToken())) {
      // signing in or out anew with an old session's cookie is no forgery worth the name: the
      // origin was checked and the cookie is SameSite=Strict
      if (endpoint.access() != Access.PUBLIC) {
        throw new ApiException(ApiError.CSRF_FAILED);
      }
      return;
    }
    exchange.principal = found.get().principal();
  }

  private void requireOurOrigin(Exchange exchange) {
    String origin = exchange.first(HeaderNames.ORIGIN);
    String fetchSite = exchange.first(FETCH_SITE);
    boolean foreign =
        origin.isEmpty()
            ? fetchSite.equals("cross-site")
            : !site.ours(origin, exchange.first(HeaderNames.HOST));
    if (foreign) {
      throw new ApiException(ApiError.CSRF_FAILED);
    }
  }

  private static void authorise(Exchange exchange, Endpoint endpoint) {
    Optional<Role> minimum = endpoint.access().minimum();
    if (minimum.isEmpty()) {
      return;
    }
    Principal principal = exchange.principal;
    if (principal == null) {
      throw new ApiException(ApiError.UNAUTHORIZED);
    }
    if (!principal.role().atLeast(minimum.get())) {
      throw new ApiException(ApiError.FORBIDDEN);
    }
  }

  private void count(Exchange exchange, Limit limit, int times) {
    Principal principal = exchange.principal;
    String caller =
        principal == null || limit.scope() == Limit.Scope.ADDRESS
            ? exchange.origin.address()
            : principal.id().toString();
    Duration wait = limits.take(limit.name() + " " + caller, limit.calls() * times, limit.per());
    if (!wait.isZero()) {
      throw new ApiException(ApiError.RATE_LIMITED).retryAfter(wait);
    }
  }

  private static boolean same(String sent, String expected) {
    return MessageDigest.isEqual(
        sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
