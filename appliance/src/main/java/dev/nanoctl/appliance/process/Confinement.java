package dev.nanoctl.appliance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes from a process of root's what a server does not need: it can never gain anything, mount,
 * load, trace, change owners or become somebody else. What is left is to read, and to listen on any
 * port. Whoever is not root has nothing to lose.
 */
public final class Confinement {
  private static final String KEPT = "-all,+net_bind_service,+dac_read_search";
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Only who has this may give up others for good. */
  private static final int SETPCAP = 8;

  private Confinement() {}

  /** The command, confined where that is possible; with the same process id. */
  public static List<String> of(List<String> command) {
    if (!OsAccount.current().isRoot() || !mayGiveUp()) {
      return command;
    }
    var line =
        new ArrayList<>(
            List.of("setpriv", "--no-new-privs", "--inh-caps=-all", "--bounding-set=" + KEPT));
    line.addAll(command);
    return List.copyOf(line);
  }

  private static boolean mayGiveUp() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
          .anyMatch(effective -> (effective >> SETPCAP & 1) == 1);
    } catch (IOException e) {
      return false;
    }
  }
}
