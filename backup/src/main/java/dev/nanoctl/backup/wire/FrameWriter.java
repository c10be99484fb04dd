package dev.nanoctl.backup.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes messages of a client, each in one piece. */
final class FrameWriter {
  private static final int VERSION_3_0 = 196_608;
  private static final int TLS_REQUEST = 80_877_103;
  private static final int CANCEL_REQUEST = 80_877_102;

  private final OutputStream out;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void requestTls() throws IOException {
    send(ByteBuffer.allocate(8).putInt(8).putInt(TLS_REQUEST));
  }

  void cancel(int process, int key) throws IOException {
    send(ByteBuffer.allocate(16).putInt(16).putInt(CANCEL_REQUEST).putInt(process).putInt(key));
  }

  void startup(Map<String, String> parameters) throws IOException {
    int length = 9;
    for (var parameter : parameters.entrySet()) {
      length += bytes(parameter.getKey()).length + bytes(parameter.getValue()).length + 2;
    }
    ByteBuffer message = ByteBuffer.allocate(length).putInt(length).putInt(VERSION_3_0);
    parameters.forEach(
        (name, value) -> message.put(bytes(name)).put((byte) 0).put(bytes(value)).put((byte) 0));
    send(message.put((byte) 0));
  }

  void query(String sql) throws IOException {
    byte[] text = bytes(sql);
    write('Q', ByteBuffer.allocate(text.length + 1).put(text).put((byte) 0).flip());
  }

  void saslStart(String mechanism, String first) throws IOException {
    byte[] name = bytes(mechanism);
    byte[] text = bytes(first);
    ByteBuffer body = ByteBuffer.allocate(name.length + 1 + 4 + text.length);
    write('p', body.put(name).put((byte) 0).putInt(text.length).put(text).flip());
  }

  void saslContinue(String message) throws IOException {
    write('p', ByteBuffer.wrap(bytes(message)));
  }

  void write(char type, ByteBuffer body) throws IOException {
    int length = body.remaining() + 4;
    send(ByteBuffer.allocate(length + 1).put((byte) type).putInt(length).put(body));
  }

  private void send(ByteBuffer message) throws IOException {
    byte[] bytes = new byte[message.position()];
    message.flip().get(bytes);
    out.write(bytes);
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
