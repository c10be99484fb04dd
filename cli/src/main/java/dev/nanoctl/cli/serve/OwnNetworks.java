package dev.nanoctl.cli.serve;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;

/** The networks this machine, or this container, is itself a part of. */
final class OwnNetworks {
  private OwnNetworks() {}

  /** Each as {@code ADDRESS/BITS}; none where the system does not tell. */
  static Set<String> here() {
    Set<String> networks = new LinkedHashSet<>();
    try {
      Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
      while (all.hasMoreElements()) {
        for (InterfaceAddress one : all.nextElement().getInterfaceAddresses()) {
          networks.add(network(one.getAddress(), one.getNetworkPrefixLength()));
        }
      }
    } catch (SocketException _) {
      return Set.of();
    }
    return networks;
  }

  /** An address of a network; the scope of IPv6 addresses is no part of it. */
  static String network(InetAddress address, int bits) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return (scope < 0 ? text : text.substring(0, scope)) + "/" + bits;
  }
}
