package dev.nanoctl.server.http;

import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The web application, built into the server: assets, and one page for every other address. */
final class WebApp implements EdgeParts.Pages {
  private static final String FOLDER = "web";
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
          + " script-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("xml", "application/xml"));

  /** A file, plain and compressed, with its tag. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  private record File(
      String type, byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli, String etag) {}

  private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

  @Override
  public @Nullable Answer find(Exchange exchange) {
    String path = exchange.path;
    if (path.startsWith("/api/") || path.contains("..") || path.contains("//")) {
      return null;
    }
    boolean page = path.equals("/") || path.equals("/index.html");
    if (!page && path.lastIndexOf('.') > path.lastIndexOf('/')) {
      Optional<File> file = load(path);
      return file.isEmpty()
          ? null
          : answer(exchange, file.get())
              .cacheControl(path.startsWith("/assets/") ? FOREVER : "public, max-age=3600");
    }
    if (!page && !acceptsHtml(exchange)) {
      return null;
    }
    Optional<File> index = load("/index.html");
    return index.isEmpty()
        ? null
        : answer(exchange, index.get())
            .cacheControl("no-cache")
            .header("Content-Security-Policy", POLICY)
            .header("X-Frame-Options", "DENY")
            .header("Cross-Origin-Opener-Policy", "same-origin")
            .header("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  }

  private static boolean acceptsHtml(Exchange exchange) {
    String accept = exchange.first(HeaderNames.ACCEPT);
    return accept.contains("text/html") || accept.contains("*/*") || accept.isEmpty();
  }

  private static Answer answer(Exchange exchange, File file) {
    String accepted = exchange.first(HeaderNames.ACCEPT_ENCODING);
    byte[] brotli = file.brotli();
    byte[] gzip = file.gzip();
    Answer answer;
    if (brotli != null && accepted.contains("br")) {
      answer = Answer.bytes(200, file.type(), brotli).header("Content-Encoding", "br");
    } else if (gzip != null && Gzip.accepted(accepted)) {
      answer = Answer.bytes(200, file.type(), gzip).header("Content-Encoding", "gzip");
    } else {
      answer = Answer.bytes(200, file.type(), file.plain());
    }
    return (gzip == null && brotli == null ? answer : answer.header("Vary", "Accept-Encoding"))
        .etag(file.etag());
  }

  private Optional<File> load(String path) {
    Optional<File> known = files.get(path);
    if (known != null) {
      return known;
    }
    byte[] plain = read(path);
    if (plain == null) {
      // not remembered: anyone could ask for any number of files that do not exist
      return Optional.empty();
    }
    String type =
        TYPES.getOrDefault(
            path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT),
            "application/octet-stream");
    byte[] gzip = read(path + ".gz");
    if (gzip == null && Gzip.worthwhile(type, plain.length)) {
      gzip = Gzip.compress(plain);
    }
    String tag = Etags.of(plain);
    File file = new File(type, plain, gzip, read(path + ".br"), tag.substring(1, tag.length() - 1));
    files.put(path, Optional.of(file));
    return Optional.of(file);
  }

  private static byte @Nullable [] read(String path) {
    try (InputStream in = WebApp.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
