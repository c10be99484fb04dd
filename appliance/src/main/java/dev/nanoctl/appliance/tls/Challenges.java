package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The folder whose files the site shows to an authority that asks by HTTP. */
final class Challenges {
  private static final int MILLIS = 3000;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final int LONGEST = 16_384;
  private static final int TOKEN_BYTES = 16;

  private final Path folder;

  Challenges(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder, which whoever serves it must be able to read. */
  void prepare() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Shows an answer. */
  void put(String token, String answer) throws IOException {
    prepare();
    DurableFile.write(
        folder.resolve(name(token)), answer.getBytes(StandardCharsets.US_ASCII), "rw-r--r--");
  }

  /** No longer shows it. */
  void remove(String token) throws IOException {
    Files.deleteIfExists(folder.resolve(name(token)));
  }

  private static String name(String token) throws IOException {
    if (!token.matches("[A-Za-z0-9_-]{1,200}")) {
      throw new IOException("the authority's token is no token");
    }
    return token;
  }

  /**
   * Whether an answer that is put here is shown at that address; a problem where it is not. So an
   * authority is never asked in vain, which it counts.
   */
  void check(InetSocketAddress address, String host) throws IOException {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = "check-" + HexFormat.of().formatHex(random);
    put(token, token);
    try {
      String answer = get(address, host, token);
      if (!answer.endsWith(END_OF_HEAD + token)) {
        throw wrong(address, "it answers " + answer.lines().findFirst().orElse("nothing in time"));
      }
    } catch (IOException e) {
      throw wrong(address, String.valueOf(e.getMessage()));
    } finally {
      remove(token);
    }
  }

  private static RuntimeException wrong(InetSocketAddress address, String why) {
    return new Problem.Unavailable(
            "NC-ACME-PORT",
            "the site does not show the authority's challenges on port %d: %s"
                .formatted(address.getPort(), why),
            "let nothing else use port %d, start the instance, then: nanoctl certs renew"
                .formatted(address.getPort()))
        .raise();
  }

  private static String get(InetSocketAddress address, String host, String token)
      throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, MILLIS);
      socket.setSoTimeout(MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET /.well-known/acme-challenge/%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(token, host)
                  .getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream(), END_OF_HEAD + token);
    }
  }

  /** Up to that end, or as much as comes: who answers need not close the line. */
  private static String read(InputStream in, String end) throws IOException {
    var answer = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0 && answer.length() < LONGEST; next = in.read()) {
        answer.append((char) next);
        if (answer.indexOf(end, Math.max(0, answer.length() - end.length())) >= 0) {
          break;
        }
      }
    } catch (SocketTimeoutException _) {
      return answer.toString();
    }
    return answer.toString();
  }
}
