package dev.nanoctl.server.http;

import dev.nanoctl.server.audit.AddressPrefix;
import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.cache.CachedAnswer;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request from the socket to its endpoint and the answer back. */
final class Edge {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private final EdgeParts parts;
  private final Router router;
  private final Sender sender;
  private final InFlight inFlight;
  private final Traffic traffic;

  Edge(EdgeParts parts, InFlight inFlight, List<Endpoint> endpoints) {
    this.parts = parts;
    this.inFlight = inFlight;
    this.router = new Router(endpoints);
    this.sender = new Sender(parts.envelope(), parts.insists());
    this.traffic = new Traffic(parts.metrics(), inFlight);
  }

  InFlight inFlight() {
    return inFlight;
  }

  /** Answers one request. */
  void handle(ServerRequest request, ServerResponse response) {
    Exchange exchange = new Exchange(request, response, parts.site());
    if (exchange.isForwardedRead() && inFlight.turnsAway()) {
      throw new CloseConnectionException("leaving: the proxy is to ask another server");
    }
    inFlight.enter();
    try {
      if (inFlight.draining()) {
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
      serve(exchange);
    } catch (Exception e) {
      fail(exchange, e);
    } finally {
      inFlight.leave();
      note(exchange);
    }
  }

  private void serve(Exchange exchange) throws Exception {
    Optional<CachedAnswer> kept = kept(exchange);
    if (kept.isPresent()) {
      exchange.route = kept.get().route();
      sender.send(exchange, kept.get());
      return;
    }
    switch (router.find(exchange.method, exchange.path)) {
      case Router.Found.Route(Endpoint endpoint, var path) -> {
        exchange.endpoint = endpoint;
        exchange.route = endpoint.path();
        parts.gate().pass(exchange, endpoint);
        Call call =
            new Call(
                endpoint,
                exchange,
                exchange.origin,
                path,
                Call.parameters(endpoint, exchange.query()),
                exchange.principal);
        answer(exchange, endpoint, call);
      }
      case Router.Found.OtherMethods(var methods) -> {
        exchange.response.header(HeaderNames.ALLOW, String.join(", ", methods));
        throw new ApiException(ApiError.METHOD_NOT_ALLOWED);
      }
      case Router.Found.Nothing _ -> elsewhere(exchange);
    }
  }

  private void answer(Exchange exchange, Endpoint endpoint, Call call) throws Exception {
    if (endpoint.input() instanceof Endpoint.Input.Json) {
      // wrong input ends here, before anything was done
      call.body();
    }
    AnswerCache.Moment since = parts.cache().now();
    Answer answer = parts.idempotency().answer(endpoint, call, exchange);
    CachedAnswer kept = sender.send(exchange, endpoint, answer);
    if (kept != null && answer.cacheControl() == null) {
      traffic.cache(false);
      List<String> topics = new ArrayList<>(endpoint.topics());
      topics.addAll(answer.topics());
      parts.cache().keep(key(exchange), kept, topics, since);
    }
  }

  private Optional<CachedAnswer> kept(Exchange exchange) {
    if (!exchange.isGet() || !exchange.path.startsWith("/api/")) {
      return Optional.empty();
    }
    AnswerCache cache = parts.cache();
    Optional<CachedAnswer> kept = cache.find(key(exchange));
    if (kept.isPresent()) {
      traffic.cache(true);
    }
    return kept;
  }

  private static String key(Exchange exchange) {
    String query = exchange.rawQuery();
    return query.isEmpty() ? exchange.path : exchange.path + "?" + query;
  }

  private void elsewhere(Exchange exchange) {
    Answer page = exchange.isGet() ? parts.pages().find(exchange) : null;
    if (page == null) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
    sender.send(exchange, EdgeParts.PAGE, page);
  }

  private void fail(Exchange exchange, Exception e) {
    if (exchange.response.isSent() || exchange.status != 0) {
      // headers are out: the only way left to say that it went wrong is to break off
      exchange.status = exchange.status == 0 ? 500 : exchange.status;
      LOG.debug("{}: the answer broke off", exchange.origin.requestId(), e);
      throw new CloseConnectionException("the answer broke off", e);
    }
    ApiException error = Failures.translate(e, exchange);
    if (error.error() == ApiError.PAYLOAD_TOO_LARGE
        || error.error() == ApiError.UNSUPPORTED_MEDIA_TYPE
        || Failures.requestBrokeOff(e)) {
      // what is left of the body is not worth reading
      exchange.response.header(HeaderValues.CONNECTION_CLOSE);
    }
    sender.fail(exchange, error);
  }

  private void note(Exchange exchange) {
    long nanos = System.nanoTime() - exchange.startedAt;
    traffic.answered(exchange, nanos);
    @Nullable Endpoint endpoint = exchange.endpoint;
    @Nullable Principal principal = exchange.principal;
    parts
        .accessLog()
        .answered(
            new AccessLog.Line(
                exchange.method,
                endpoint != null && endpoint.isHidden() ? endpoint.path() : exchange.path,
                exchange.status,
                exchange.bytes,
                nanos,
                new AccessLog.Caller(
                    exchange.origin.requestId(),
                    AddressPrefix.of(exchange.origin.address()),
                    principal == null ? "" : principal.id().toString())));
  }
}
