package dev.nanoctl.appliance.engine.docker.project;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Begins a TLS connection with one version only, old ones that Java itself refuses to speak too.
 */
final class ClientHello {
  /** What a server says to a version that it does not speak. */
  static final String REFUSED = "alert 70";

  /** What a server says when it goes on. */
  static final String ACCEPTED = "hello";

  private static final int[] SUITES = {0xc02f, 0xc030, 0xc013, 0xc014, 0x009c, 0x002f, 0x0035};

  private ClientHello() {}

  /** The first thing the server says to a version such as {@code 0x0302}, TLS 1.1. */
  static String answer(int port, int version) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(record(hello(version)));
      InputStream in = socket.getInputStream();
      byte[] head = in.readNBytes(5);
      byte[] body = in.readNBytes(2);
      return switch (head.length == 5 && body.length == 2 ? head[0] : 0) {
        case 0x15 -> "alert " + body[1];
        case 0x16 -> ACCEPTED;
        default -> "closed";
      };
    }
  }

  private static byte[] record(byte[] hello) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(0x16);
    out.writeShort(0x0301);
    out.writeShort(hello.length + 4);
    out.writeByte(1);
    out.writeByte(0);
    out.writeShort(hello.length);
    out.write(hello);
    return bytes.toByteArray();
  }

  private static byte[] hello(int version) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeShort(version);
    out.write(new byte[32]);
    out.writeByte(0);
    out.writeShort(SUITES.length * 2);
    for (int suite : SUITES) {
      out.writeShort(suite);
    }
    out.writeShort(0x0100);
    byte[] extensions = {
      0,
      10,
      0,
      6,
      0,
      4,
      0,
      23,
      0,
      24, // curves
      0,
      11,
      0,
      2,
      1,
      0, // their points
      0,
      13,
      0,
      10,
      0,
      8,
      4,
      1,
      5,
      1,
      2,
      1,
      4,
      3 // signatures
    };
    out.writeShort(extensions.length);
    out.write(extensions);
    return bytes.toByteArray();
  }
}
