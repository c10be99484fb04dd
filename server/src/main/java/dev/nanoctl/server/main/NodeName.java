package dev.nanoctl.server.main;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this server is called among those of the same site. */
final class NodeName {
  private NodeName() {}

  static String here() {
    try {
      return "server@" + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "server@localhost";
    }
  }
}
