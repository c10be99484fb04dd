package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.Facts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What names mean on this machine. */
final class NameLook {
  /** A name server that does not answer is asked for much longer by the system itself. */
  private static final long SECONDS = 3;

  private NameLook() {}

  /** Whether that address belongs to this machine. */
  static boolean here(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** What localhost resolves to. */
  static String localhost() {
    return resolved("localhost").stream()
        .findFirst()
        .map(InetAddress::getHostAddress)
        .orElse("nothing");
  }

  /** What the site's name resolves to. */
  static Facts.Domain domain(String name) {
    List<InetAddress> addresses =
        CompletableFuture.supplyAsync(
                () -> resolved(name), work -> Thread.ofVirtual().name("dns").start(work))
            .completeOnTimeout(List.of(), SECONDS, TimeUnit.SECONDS)
            .join();
    return new Facts.Domain(
        name,
        addresses.stream().map(InetAddress::getHostAddress).toList(),
        addresses.stream().anyMatch(NameLook::here));
  }

  private static List<InetAddress> resolved(String name) {
    try {
      return Stream.of(InetAddress.getAllByName(name)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
