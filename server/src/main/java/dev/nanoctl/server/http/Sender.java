package dev.nanoctl.server.http;

import dev.nanoctl.server.cache.CachedAnswer;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Puts answers on the wire: headers, conditional requests, compression. */
final class Sender {
  static final String JSON = "application/json";

  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
  private static final Header JSON_TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, JSON);
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
  private static final Header VARY_ENCODING =
      HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
  private static final Header GZIP =
      HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
  private static final List<Header> SECURITY =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "same-origin"));
  private static final Header STRICT_TRANSPORT =
      HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

  private final Envelope envelope;
  private final BooleanSupplier insists;

  Sender(Envelope envelope, BooleanSupplier insists) {
    this.envelope = envelope;
    this.insists = insists;
  }

  /** Sends an answer and tells what of it may be kept for others; null when nothing may. */
  @Nullable CachedAnswer send(Exchange exchange, Endpoint endpoint, Answer answer) {
    String cacheControl = cacheControl(exchange, endpoint, answer);
    return switch (answer.content()) {
      case Answer.Content.None _ -> {
        head(exchange, answer, cacheControl);
        finish(exchange, answer.status(), null);
        yield null;
      }
      case Answer.Content.Data data -> {
        byte[] body = envelope.success(data);
        if (endpoint.isCached() && answer.status() == 200 && answer.headers().isEmpty()) {
          String etag = answer.etag() == null ? Etags.of(body) : answer.etag();
          boolean compressible = Gzip.worthwhile(JSON, body.length);
          CachedAnswer kept =
              new CachedAnswer(body, compressible, etag, cacheControl, endpoint.path());
          send(exchange, kept);
          yield kept;
        }
        head(exchange, answer, cacheControl);
        exchange.response.header(JSON_TYPE);
        bytes(exchange, answer.status(), JSON, body, answer.etag());
        yield null;
      }
      case Answer.Content.Bytes(String type, byte[] body) -> {
        head(exchange, answer, cacheControl);
        exchange.response.header(HeaderNames.CONTENT_TYPE, type);
        bytes(exchange, answer.status(), type, body, answer.etag());
        yield null;
      }
      case Answer.Content.Stream stream -> {
        head(exchange, answer, cacheControl);
        stream(exchange, answer.status(), stream);
        yield null;
      }
    };
  }

  /** Sends an answer that was rendered before. */
  void send(Exchange exchange, CachedAnswer kept) {
    common(exchange);
    ServerResponse response = exchange.response;
    response.header(HeaderNames.CACHE_CONTROL, kept.cacheControl());
    response.header(HeaderNames.ETAG, kept.etag());
    response.header(VARY_ENCODING);
    if (matches(exchange, kept.etag())) {
      finish(exchange, 304, null);
      return;
    }
    response.header(JSON_TYPE);
    byte[] gzip =
        Gzip.accepted(exchange.first(HeaderNames.ACCEPT_ENCODING))
            ? kept.gzip(Gzip::compress)
            : null;
    if (gzip != null) {
      response.header(GZIP);
      finish(exchange, 200, gzip);
    } else {
      finish(exchange, 200, kept.body());
    }
  }

  /** Sends an error. */
  void fail(Exchange exchange, ApiException error) {
    common(exchange);
    ServerResponse response = exchange.response;
    response.header(NO_STORE);
    error
        .headers()
        .forEach(header ->
            response.headers().add(HeaderValues.create(header.getKey(), header.getValue())));
    Duration wait = error.retryAfter();
    if (wait != null) {
      response.header(
          HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
    if (error.error() == ApiError.UNAUTHORIZED || error.error() == ApiError.TOKEN_EXPIRED) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    response.header(JSON_TYPE);
    finish(exchange, error.error().status(), envelope.failure(error, exchange.origin.language()));
  }

  private void head(Exchange exchange, Answer answer, String cacheControl) {
    common(exchange);
    for (Map.Entry<String, String> header : answer.headers()) {
      exchange.response.headers().add(HeaderValues.create(header.getKey(), header.getValue()));
    }
    exchange.response.header(HeaderNames.CACHE_CONTROL, cacheControl);
    String etag = answer.etag();
    if (etag != null) {
      exchange.response.header(HeaderNames.ETAG, etag);
    }
  }

  private void common(Exchange exchange) {
    exchange.response.header(REQUEST_ID, exchange.origin.requestId());
    SECURITY.forEach(exchange.response::header);
    if (exchange.origin.secure() && insists.getAsBoolean()) {
      exchange.response.header(STRICT_TRANSPORT);
    }
  }

  private static String cacheControl(Exchange exchange, Endpoint endpoint, Answer answer) {
    String given = answer.cacheControl();
    if (given != null) {
      return given;
    }
    return endpoint.isCached() && exchange.isGet() && answer.status() == 200
        ? "public, max-age=60, stale-while-revalidate=300"
        : "no-store";
  }

  private static void bytes(
      Exchange exchange, int status, String type, byte[] body, @Nullable String etag) {
    if (etag != null && status == 200 && exchange.isGet() && matches(exchange, etag)) {
      finish(exchange, 304, null);
      return;
    }
    if (Gzip.worthwhile(type, body.length)) {
      exchange.response.header(VARY_ENCODING);
      if (Gzip.accepted(exchange.first(HeaderNames.ACCEPT_ENCODING))) {
        byte[] gzip = Gzip.compress(body);
        if (gzip != null) {
          exchange.response.header(GZIP);
          finish(exchange, status, gzip);
          return;
        }
      }
    }
    finish(exchange, status, body);
  }

  private static boolean matches(Exchange exchange, String etag) {
    String header = exchange.first(HeaderNames.IF_NONE_MATCH);
    return !header.isEmpty() && Etags.matches(header, etag);
  }

  private static void finish(Exchange exchange, int status, byte @Nullable [] body) {
    exchange.status = status;
    exchange.response.status(Status.create(status));
    if (body == null) {
      exchange.response.send();
    } else if (exchange.isHead()) {
      exchange.response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
      exchange.response.send();
    } else {
      exchange.bytes = body.length;
      exchange.response.send(body);
    }
  }

  private static void stream(Exchange exchange, int status, Answer.Content.Stream stream) {
    exchange.status = status;
    ServerResponse response = exchange.response;
    response.status(Status.create(status));
    response.header(HeaderNames.CONTENT_TYPE, stream.mediaType());
    if (stream.length() >= 0) {
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(stream.length()));
    }
    if (exchange.isHead()) {
      response.send();
      return;
    }
    try (OutputStream out = response.outputStream()) {
      stream.writer().write(out);
      exchange.bytes = Math.max(0, stream.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
