package dev.nanoctl.server.media.scan;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where ClamAV's daemon listens: the absolute path of its socket, or host and port.
 *
 * @param text as it is configured: {@code /run/clamav/clamd.ctl} or {@code clamav:3310}
 */
public record ClamdAddress(String text) {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([a-zA-Z0-9.-]{1,253}|\\[[0-9a-fA-F:]{2,39}])" + ":([0-9]{1,5})");

  /** Refuses what is neither; see {@link #of}. */
  public ClamdAddress {
    if (!valid(text)) {
      throw new IllegalArgumentException("neither the path of a socket nor host:port: " + text);
    }
  }

  /** The address in this text; empty if it is none. */
  public static Optional<ClamdAddress> of(String text) {
    return valid(text) ? Optional.of(new ClamdAddress(text)) : Optional.empty();
  }

  private static boolean valid(String text) {
    if (text.startsWith("/")) {
      // the kernel takes no longer path of a socket
      return text.length() > 1 && text.length() <= 107 && text.indexOf('\0') < 0;
    }
    return HOST_AND_PORT.matcher(text).matches() && port(text) >= 1 && port(text) <= 65535;
  }

  private static int port(String text) {
    return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
  }

  /** Whether it is a socket of this machine's file system. */
  boolean isFile() {
    return text.startsWith("/");
  }

  /** The address to connect to; a host's name is looked up now. */
  SocketAddress socket() {
    if (isFile()) {
      return UnixDomainSocketAddress.of(text);
    }
    String host = text.substring(0, text.lastIndexOf(':'));
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new InetSocketAddress(bare, port(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
