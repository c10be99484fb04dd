package dev.nanoctl.backup.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One connection to a PostgreSQL, for one thread at a time; {@link #cancel} and {@link #close} may
 * come from any.
 */
public final class PostgresConnection implements AutoCloseable {
  private final ServerAddress address;
  private final Socket socket;
  private final FrameReader in;
  private final FrameWriter out;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private int process;
  private int key;

  private PostgresConnection(ServerAddress address, Socket socket) throws IOException {
    this.address = address;
    this.socket = socket;
    this.in = new FrameReader(socket.getInputStream());
    this.out = new FrameWriter(socket.getOutputStream());
  }

  /**
   * Connects to a database for ordinary queries.
   *
   * @throws PostgresException when the server refuses
   */
  public static PostgresConnection open(ServerAddress address, String database) throws IOException {
    return open(address, Map.of("database", database));
  }

  /** Connects for the commands of physical replication. */
  static PostgresConnection replication(ServerAddress address) throws IOException {
    return open(address, Map.of("replication", "true"));
  }

  private static PostgresConnection open(ServerAddress address, Map<String, String> kind)
      throws IOException {
    Socket socket = connect(address);
    try {
      var connection = new PostgresConnection(address, socket);
      connection.start(kind);
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket connect(ServerAddress address) throws IOException {
    int patience = millis(address);
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoTimeout(patience);
      socket.connect(new InetSocketAddress(address.host(), address.port()), patience);
      return switch (address.encryption()) {
        case Encryption.None _ -> socket;
        case Encryption.Tls tls -> encrypted(socket, address, tls);
      };
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket encrypted(Socket socket, ServerAddress address, Encryption.Tls tls)
      throws IOException {
    new FrameWriter(socket.getOutputStream()).requestTls();
    if (FrameReader.single(socket.getInputStream()) != 'S') {
      throw new ProtocolException("the server does not speak TLS");
    }
    var encrypted =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(socket, address.host(), address.port(), true);
    if (tls.checkHost()) {
      var wishes = encrypted.getSSLParameters();
      wishes.setEndpointIdentificationAlgorithm("HTTPS");
      encrypted.setSSLParameters(wishes);
    }
    encrypted.startHandshake();
    return encrypted;
  }

  private void start(Map<String, String> kind) throws IOException {
    Map<String, String> wishes = new LinkedHashMap<>();
    wishes.put("user", address.user());
    wishes.putAll(kind);
    wishes.put("application_name", "nanoctl-backup");
    wishes.put("client_encoding", "UTF8");
    wishes.put("DateStyle", "ISO");
    out.startup(wishes);
    Optional<SSLSession> session =
        socket instanceof SSLSocket tls ? Optional.of(tls.getSession()) : Optional.empty();
    new Login(in, out, address, session).prove();
    while (true) {
      Frame frame = next();
      if (frame.type() == 'K') {
        process = frame.body().getInt();
        key = frame.body().getInt();
      } else if (frame.type() == 'Z') {
        return;
      } else {
        throw new ProtocolException("a message '%c' after login".formatted(frame.type()));
      }
    }
  }

  /** The server's version as it reports it: {@code 18.6}. */
  public String version() {
    return parameters.getOrDefault("server_version", "unknown");
  }

  /**
   * Runs a statement, or several, and gives the rows of the last that has any; a null is an empty
   * text.
   */
  public List<List<String>> query(String sql) throws IOException {
    send(sql);
    List<List<String>> rows = List.of();
    while (true) {
      Frame frame = next();
      switch (frame.type()) {
        case 'T' -> rows = new ArrayList<>();
        case 'D' -> rows.add(row(frame.body()));
        case 'C', 'I' -> {}
        case 'Z' -> {
          return rows;
        }
        default -> throw unexpected(frame);
      }
    }
  }

  /** Sends a statement whose answer the caller reads message by message. */
  void send(String sql) throws IOException {
    out.query(sql);
  }

  /** Reads one result that ends with a command's tag. */
  List<List<String>> result() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    while (true) {
      Frame frame = next();
      switch (frame.type()) {
        case 'T' -> {}
        case 'D' -> rows.add(row(frame.body()));
        case 'C' -> {
          return rows;
        }
        default -> throw unexpected(frame);
      }
    }
  }

  /** Waits for the server to be ready for another command. */
  void ready() throws IOException {
    Frame frame = next();
    while (frame.type() == 'C') {
      frame = next();
    }
    if (frame.type() != 'Z') {
      throw unexpected(frame);
    }
  }

  /** Waits for a message of that type. */
  Frame expect(char type) throws IOException {
    Frame frame = next();
    if (frame.type() != type) {
      throw unexpected(frame);
    }
    return frame;
  }

  /** The next message that matters; errors are thrown, after which the server may be ready. */
  Frame next() throws IOException {
    while (true) {
      Frame frame = in.read();
      if (!aside(frame)) {
        return frame;
      }
    }
  }

  /** The next message, or nothing when none arrives within that time. */
  Optional<Frame> poll(int millis) throws IOException {
    socket.setSoTimeout(Math.max(1, millis));
    try {
      Frame frame = in.poll();
      return frame == null || aside(frame) ? Optional.empty() : Optional.of(frame);
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(millis(address));
      }
    }
  }

  void write(char type, ByteBuffer body) throws IOException {
    out.write(type, body);
  }

  private boolean aside(Frame frame) throws IOException {
    return switch (frame.type()) {
      case 'E' -> throw refused(PostgresError.read(frame.body()));
      case 'S' -> {
        String name = PostgresError.text(frame.body());
        parameters.put(name, PostgresError.text(frame.body()));
        yield true;
      }
      case 'N', 'A' -> true;
      default -> false;
    };
  }

  /** After an ordinary error the server says when it is ready again; that is waited for here. */
  private PostgresException refused(PostgresError error) throws IOException {
    var refusal = new PostgresException(error);
    if (error.severity().equals("ERROR")) {
      try {
        Frame frame = in.read();
        while (frame.type() != 'Z') {
          frame = in.read();
        }
      } catch (IOException e) {
        refusal.addSuppressed(e);
      }
    }
    return refusal;
  }

  /** Asks the server, over a connection of its own, to give up what this one is doing. */
  public void cancel() throws IOException {
    try (Socket other = connect(address)) {
      new FrameWriter(other.getOutputStream()).cancel(process, key);
      var end = new BufferedInputStream(other.getInputStream());
      while (end.read() >= 0) {
        // the server closes without a word once the signal is sent
      }
    }
  }

  /** Says goodbye where that is still possible. */
  @Override
  public void close() throws IOException {
    try {
      out.write('X', ByteBuffer.allocate(0));
    } catch (IOException e) {
      // it is gone already, which is what was wanted
    } finally {
      socket.close();
    }
  }

  private static ProtocolException unexpected(Frame frame) {
    return new ProtocolException(
        "a message '%c' that does not belong here".formatted(frame.type()));
  }

  private static List<String> row(ByteBuffer body) {
    int columns = body.getShort();
    List<String> row = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      int length = body.getInt();
      if (length < 0) {
        row.add("");
      } else {
        row.add(
            java.nio.charset.StandardCharsets.UTF_8
                .decode(body.slice(body.position(), length))
                .toString());
        body.position(body.position() + length);
      }
    }
    return row;
  }

  private static int millis(ServerAddress address) {
    return (int) Math.min(Integer.MAX_VALUE, address.patience().toMillis());
  }
}
