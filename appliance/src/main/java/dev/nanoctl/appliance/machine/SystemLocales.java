package dev.nanoctl.appliance.machine;

import dev.nanoctl.appliance.process.Commands;
import dev.nanoctl.core.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The locales that the C library of this machine has. */
public final class SystemLocales {
  private static final Set<String> ALWAYS = Set.of("C", "POSIX");

  private SystemLocales() {}

  /** Their names, as {@code locale -a} says them; where that is missing, those there always are. */
  public static Set<String> names() throws InterruptedException {
    try {
      return Commands.run(List.of("locale", "-a"))
          .lines()
          .map(String::strip)
          .collect(Collectors.toUnmodifiableSet());
    } catch (ProblemException e) {
      return ALWAYS;
    }
  }
}
