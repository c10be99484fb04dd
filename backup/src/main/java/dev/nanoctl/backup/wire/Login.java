package dev.nanoctl.backup.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Proves to a server who asks. Passwords are never sent: SCRAM-SHA-256 or nothing. */
final class Login {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FrameReader in;
  private final FrameWriter out;
  private final ServerAddress address;
  private final Optional<SSLSession> tls;
  private Optional<Scram> scram = Optional.empty();
  private boolean proven;

  Login(FrameReader in, FrameWriter out, ServerAddress address, Optional<SSLSession> tls) {
    this.in = in;
    this.out = out;
    this.address = address;
    this.tls = tls;
  }

  /** Goes through with it; the server then tells its parameters. */
  void prove() throws IOException {
    while (true) {
      Frame frame = in.read();
      if (frame.type() == 'E') {
        throw new PostgresException(PostgresError.read(frame.body()));
      }
      if (frame.type() == 'R') {
        if (step(frame.body())) {
          return;
        }
      } else if (frame.type() != 'v' && frame.type() != 'N') {
        throw new ProtocolException("a message '%c' during login".formatted(frame.type()));
      }
    }
  }

  private boolean step(ByteBuffer body) throws IOException {
    int kind = body.getInt();
    switch (kind) {
      case 0 -> {
        if (scram.isPresent() && !proven) {
          throw new ProtocolException("the server did not prove that it knows the password");
        }
        return true;
      }
      case 10 -> begin(mechanisms(body));
      case 11 -> out.saslContinue(current().answer(rest(body)));
      case 12 -> {
        current().finish(rest(body));
        proven = true;
      }
      default ->
          throw new ProtocolException(
              "the server does not ask for scram-sha-256 (kind %d), and nothing less is safe to give"
                  .formatted(kind));
    }
    return false;
  }

  private void begin(List<String> offered) throws IOException {
    boolean bound = tls.isPresent() && offered.contains(Scram.BOUND);
    if (!bound && !offered.contains(Scram.PLAIN)) {
      throw new ProtocolException("the server offers only " + offered);
    }
    String header = bound ? "p=tls-server-end-point,," : tls.isPresent() ? "y,," : "n,,";
    byte[] binding = bound ? ChannelBinding.of(tls.orElseThrow()) : new byte[0];
    byte[] random = new byte[18];
    RANDOM.nextBytes(random);
    String nonce = Base64.getEncoder().encodeToString(random);
    var exchange = new Scram(address.password(), nonce, header, binding);
    scram = Optional.of(exchange);
    out.saslStart(bound ? Scram.BOUND : Scram.PLAIN, exchange.first());
  }

  private Scram current() throws ProtocolException {
    return scram.orElseThrow(() -> new ProtocolException("SCRAM goes on before it began"));
  }

  private static List<String> mechanisms(ByteBuffer body) {
    List<String> names = new ArrayList<>();
    while (body.hasRemaining()) {
      String name = PostgresError.text(body);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private static String rest(ByteBuffer body) {
    return StandardCharsets.UTF_8.decode(body).toString();
  }
}
