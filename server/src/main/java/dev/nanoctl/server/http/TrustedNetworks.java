package dev.nanoctl.server.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Addresses and networks whose {@code X-Forwarded-*} headers are believed. */
public final class TrustedNetworks {
  /** Nobody is believed. */
  public static final TrustedNetworks NONE = new TrustedNetworks(List.of());

  @SuppressWarnings("ArrayRecordComponent") // it compares what the array holds
  private record Network(byte[] address, int bits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Network(byte[] theirs, int length)
          && bits == length
          && Arrays.equals(address, theirs);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(address) + bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks;

  private TrustedNetworks(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses such as {@code 127.0.0.1} and networks such as {@code 172.18.0.0/16}.
   *
   * @throws IllegalArgumentException where one is neither
   */
  public static TrustedNetworks of(Collection<String> texts) {
    return new TrustedNetworks(texts.stream().map(TrustedNetworks::read).toList());
  }

  private static Network read(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException("no network: " + text);
    }
    return new Network(address, bits);
  }

  /** Whether this peer is believed. */
  public boolean contain(InetAddress peer) {
    byte[] address = peer.getAddress();
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
