package dev.nanoctl.appliance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens on a TCP port of this machine. */
public final class ListeningPort {
  private static final String LISTEN = "0A";
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private ListeningPort() {}

  /** Whether somebody else could listen there now. */
  public static boolean free(InetAddress address, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process that listens on that port, where we may see it. */
  public static Optional<RunningProcess> owner(int port) {
    Set<String> sockets = sockets(port);
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(handle -> holds(handle.pid(), sockets))
          .flatMap(handle -> RunningProcess.of(handle.pid()).stream())
          .findFirst();
    }
  }

  private static Set<String> sockets(int port) {
    var inodes = new HashSet<String>();
    for (Path table : TABLES) {
      try (var lines = Files.lines(table)) {
        lines
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
            .filter(fields -> port(fields[1]) == port)
            .forEach(fields -> inodes.add("socket:[" + fields[9] + "]"));
      } catch (IOException e) {
        // no such table without that version of IP
      }
    }
    return inodes;
  }

  private static int port(String local) {
    return Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16);
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false; // gone, or not ours to see
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** A port of the loopback address that is free now. */
  public static int anyFree() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
