package dev.nanoctl.server.audit;

/** Cuts an address down to the network it belongs to: /24 for IPv4, /48 for IPv6. */
public final class AddressPrefix {
  private AddressPrefix() {}

  /** The network of an address, such as {@code 192.0.2.0/24}. */
  public static String of(String address) {
    String plain = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    int mapped = plain.lastIndexOf(':');
    if (plain.indexOf('.') > 0) {
      String v4 = plain.substring(mapped + 1);
      return v4.substring(0, v4.lastIndexOf('.')) + ".0/24";
    }
    return v6(plain);
  }

  private static String v6(String address) {
    int zone = address.indexOf('%');
    String plain = zone < 0 ? address : address.substring(0, zone);
    String head = plain.contains("::") ? plain.substring(0, plain.indexOf("::")) : plain;
    StringBuilder prefix = new StringBuilder();
    String[] groups = head.isEmpty() ? new String[0] : head.split(":", -1);
    for (int i = 0; i < 3; i++) {
      String group = i < groups.length && !groups[i].isEmpty() ? groups[i] : "0";
      prefix.append(Integer.toHexString(Integer.parseInt(group, 16))).append(':');
    }
    return prefix + ":/48";
  }
}
