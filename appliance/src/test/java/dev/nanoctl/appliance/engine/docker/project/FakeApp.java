package dev.nanoctl.appliance.engine.docker.project;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stands in for the application behind the entry; runs in containers of its own. */
final class FakeApp {
  /** Swapped as the application swaps it when it hears of a change. */
  private static final Path ANSWERS = Path.of("/answers");

  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final AtomicLong uploaded = new AtomicLong();

  private record Request(
      String method, String path, Map<String, String> headers, InputStream body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Listens on port 8080 until it is killed. */
  public static void main(String[] arguments) throws IOException {
    FakeApp app = new FakeApp();
    try (ServerSocket server = new ServerSocket(8080, 512)) {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> app.serve(socket));
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Request request = read(in);
      while (request != null && answer(request, out)) {
        request = read(in);
      }
    } catch (IOException | InterruptedException | NoSuchAlgorithmException e) {
      // the peer went away: nobody to tell
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    var headers = new HashMap<String, String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    String[] parts = first.split(" ", -1);
    return new Request(parts[0], parts[1], headers, in);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Answers; false when the connection is to be closed. */
  private boolean answer(Request request, OutputStream out)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    String path = request.path().replaceFirst("\\?.*", "");
    String counted = request.method() + " " + path;
    int count = counts.computeIfAbsent(counted, _ -> new AtomicInteger()).incrementAndGet();
    switch (path) {
      case "/api/v1/nanos" -> send(out, "200 OK", shared(), "answer " + count);
      case "/api/v1/private" -> send(out, "200 OK", "Cache-Control: no-store\r\n", "own " + count);
      case "/change" -> {
        swap();
        send(out, "200 OK", "", "changed");
      }
      case "/slow" -> {
        Thread.sleep(20);
        send(out, "200 OK", "", "slow");
      }
      case "/count" -> {
        String key = request.path().substring(request.path().indexOf('?') + 1).replace('+', ' ');
        int seen = counts.getOrDefault(key, new AtomicInteger()).get();
        send(out, "200 OK", "", seen + " " + uploaded.get());
      }
      case "/headers" -> send(out, "200 OK", "", request.headers().toString());
      case "/api/v1/uploads/1" -> send(out, "200 OK", "", "got " + drain(request));
      case "/api/v1/breaks" -> {
        drain(request);
        return false;
      }
      case "/api/v1/download" -> download(request, out);
      case "/api/v1/live" -> {
        upgrade(request, out);
        return false;
      }
      default -> {
        drain(request);
        send(out, "200 OK", "Content-Type: text/html\r\n", "<p>" + "page ".repeat(600));
      }
    }
    return true;
  }

  private static String shared() {
    return """
    Content-Type: application/json\r
    Cache-Control: public, max-age=60, stale-while-revalidate=300\r
    Vary: Accept-Encoding\r
    ETag: "e1"\r
    X-Content-Type-Options: nosniff\r
    Referrer-Policy: no-referrer\r
    Strict-Transport-Security: max-age=1\r
    X-Request-Id: of-the-application\r
    """;
  }

  private static void swap() throws IOException {
    Path next = Files.createTempDirectory(ANSWERS, "g");
    Path link = ANSWERS.resolve("next");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, next.getFileName());
    Files.move(link, ANSWERS.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
  }

  private long drain(Request request) throws IOException {
    long left = Long.parseLong(request.headers().getOrDefault("content-length", "0"));
    long total = left;
    byte[] buffer = new byte[64 * 1024];
    while (left > 0) {
      int read = request.body().read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("the body broke off");
      }
      left -= read;
      uploaded.addAndGet(read);
    }
    return total;
  }

  private static void download(Request request, OutputStream out) throws IOException {
    byte[] content = new byte[100_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    String range = request.header("range");
    if (range.isEmpty()) {
      send(out, "200 OK", "Accept-Ranges: bytes\r\n", content);
      return;
    }
    String[] bounds = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(bounds[0]);
    int to = Integer.parseInt(bounds[1]);
    send(
        out,
        "206 Partial Content",
        "Content-Range: bytes " + from + "-" + to + "/" + content.length + "\r\n",
        Arrays.copyOfRange(content, from, to + 1));
  }

  private static void upgrade(Request request, OutputStream out)
      throws IOException, NoSuchAlgorithmException {
    byte[] accepted =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (request.header("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                    .getBytes(StandardCharsets.US_ASCII));
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: %s\r\nConnection: %s\r\n"
                .formatted(request.header("upgrade"), request.header("connection"))
            + "Sec-WebSocket-Accept: %s\r\n\r\n"
                .formatted(Base64.getEncoder().encodeToString(accepted));
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    InputStream in = request.body();
    in.read();
    int length = in.read() & 0x7f;
    byte[] mask = in.readNBytes(4);
    byte[] text = in.readNBytes(length);
    byte[] frame = new byte[length + 2];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) length;
    for (int i = 0; i < length; i++) {
      frame[i + 2] = (byte) (text[i] ^ mask[i % 4]);
    }
    out.write(frame);
    out.flush();
  }

  private static void send(OutputStream out, String status, String headers, String body)
      throws IOException {
    send(out, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(OutputStream out, String status, String headers, byte[] body)
      throws IOException {
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }
}
