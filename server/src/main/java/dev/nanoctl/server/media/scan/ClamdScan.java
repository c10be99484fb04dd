package dev.nanoctl.server.media.scan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks ClamAV's daemon by its INSTREAM command: each file goes over a connection of its own, in
 * pieces that are preceded by their length, as clamd(8) describes it.
 */
public final class ClamdScan implements MalwareScan {
  /** How long clamd may be silent; it reloads its signatures for half a minute. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final byte[] INSTREAM = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_REPLY = 1024;

  private final ClamdAddress address;
  private final Duration patience;

  /** Asks the daemon at this address. */
  public ClamdScan(ClamdAddress address) {
    this(address, PATIENCE);
  }

  ClamdScan(ClamdAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  @Override
  public Look begin() throws IOException {
    if (address.socket() instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw unavailable("its host is not known", null);
    }
    PatientChannel channel;
    try {
      channel = PatientChannel.connect(address.socket(), patience);
    } catch (IOException e) {
      throw unavailable("it cannot be reached", e);
    }
    try {
      channel.write(ByteBuffer.wrap(INSTREAM));
      return new Stream(channel);
    } catch (IOException e) {
      channel.close();
      throw unavailable("it hung up", e);
    }
  }

  private ScanUnavailableException unavailable(String why, @Nullable Throwable cause) {
    String detail = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new ScanUnavailableException("clamd at " + address + ": " + why + detail, cause);
  }

  /** One file on its way to clamd. */
  private final class Stream implements Look {
    private final PatientChannel channel;

    Stream(PatientChannel channel) {
      this.channel = channel;
    }

    @Override
    public void see(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        send(length, ByteBuffer.wrap(bytes, offset, length));
      }
    }

    private void send(int length, ByteBuffer bytes) throws IOException {
      try {
        channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        channel.write(bytes);
      } catch (IOException e) {
        // clamd hangs up when it has had enough, and has said why
        throw refused(reply(e));
      }
    }

    @Override
    public Optional<String> verdict() throws IOException {
      send(0, ByteBuffer.allocate(0));
      String reply = reply(null);
      if (reply.equals("stream: OK")) {
        return Optional.empty();
      }
      if (reply.startsWith("stream: ") && reply.endsWith(" FOUND")) {
        return Optional.of(
            reply.substring("stream: ".length(), reply.length() - " FOUND".length()));
      }
      throw refused(reply);
    }

    private String reply(@Nullable Throwable before) throws ScanUnavailableException {
      ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REPLY);
      try {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
          if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == 0) {
            break;
          }
        }
      } catch (IOException e) {
        if (buffer.position() == 0) {
          throw unavailable("it gave no answer", before == null ? e : before);
        }
      }
      if (buffer.position() == 0) {
        throw unavailable("it hung up without an answer", before);
      }
      return StandardCharsets.UTF_8.decode(buffer.flip()).toString().replace("\0", "").strip();
    }

    private ScanUnavailableException refused(String reply) {
      String hint =
          reply.contains("size limit exceeded")
              ? "; raise StreamMaxLength in clamd.conf to 64M"
              : "";
      return unavailable("it answered \"" + reply + "\"" + hint, null);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
