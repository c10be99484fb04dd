package dev.nanoctl.appliance.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How this machine reaches what listens on an address. */
final class Loopback {
  private Loopback() {}

  static InetSocketAddress of(String bind, int port) {
    return switch (bind) {
      case "0.0.0.0", "::" -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      case String address -> new InetSocketAddress(InetAddress.ofLiteral(address), port);
    };
  }
}
