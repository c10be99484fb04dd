package dev.nanoctl.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response, with what the edge has found out on the way. */
final class Exchange implements Call.Request {
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

  final ServerRequest request;
  final ServerResponse response;
  final long startedAt = System.nanoTime();
  final String method;
  final String path;
  final Call.Origin origin;
  private final boolean believed;
  @Nullable Endpoint endpoint;
  String route = "other";
  @Nullable Principal principal;
  int status;
  long bytes;

  Exchange(ServerRequest request, ServerResponse response, Site site) {
    this.request = request;
    this.response = response;
    this.method = request.prologue().method().text();
    this.path = request.prologue().uriPath().rawPath();
    InetAddress from = peer(request);
    String peer = from.getHostAddress();
    this.believed = site.proxies().contain(from);
    boolean proxied = believed;
    String address = proxied ? lastForwarded(first(FORWARDED_FOR), peer) : peer;
    boolean secure =
        request.isSecure() || (proxied && first(FORWARDED_PROTO).equalsIgnoreCase("https"));
    this.origin =
        new Call.Origin(
            RequestIds.accept(first(REQUEST_ID)),
            address,
            Language.accepted(Optional.of(first(HeaderNames.ACCEPT_LANGUAGE))),
            secure);
  }

  private static InetAddress peer(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress socket
            && socket.getAddress() != null
        ? socket.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /**
   * Whether the peer is this machine or stands where the proxies do, and speaks for itself: a proxy
   * that speaks for someone else says so.
   */
  boolean fromInside() {
    return request.remotePeer().address() instanceof InetSocketAddress socket
        && socket.getAddress() != null
        && (socket.getAddress().isLoopbackAddress() || believed)
        && first(FORWARDED_FOR).isEmpty();
  }

  /** Whether a proxy asks for someone else, and may ask another server instead. */
  boolean isForwardedRead() {
    return isGet() && believed && !first(FORWARDED_FOR).isEmpty() && !request.content().hasEntity();
  }

  // the proxy appends the address it saw; what stands before it is the client's claim
  private static String lastForwarded(String header, String peer) {
    String last = header.substring(header.lastIndexOf(',') + 1).strip();
    return last.isEmpty() || !last.matches("[0-9a-fA-F:.]{2,45}") ? peer : last;
  }

  boolean isGet() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  String first(HeaderName name) {
    if (!request.headers().contains(name)) {
      return "";
    }
    Header header = request.headers().get(name);
    return header.get();
  }

  String rawQuery() {
    return request.prologue().hasQuery() ? request.prologue().query().rawValue() : "";
  }

  Map<String, List<String>> query() {
    if (!request.prologue().hasQuery()) {
      return Map.of();
    }
    Map<String, List<String>> all = new HashMap<>();
    for (String name : request.query().names()) {
      all.put(name, request.query().all(name));
    }
    return all;
  }

  @Override
  public String header(String name, String otherwise) {
    String value = first(HeaderNames.create(name));
    return value.isEmpty() ? otherwise : value;
  }

  @Override
  public InputStream content() {
    return request.content().hasEntity()
        ? request.content().inputStream()
        : new ByteArrayInputStream(new byte[0]);
  }

  @Override
  public long contentLength() {
    return request.headers().contentLength().orElse(-1);
  }
}
