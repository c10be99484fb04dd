package dev.nanoctl.appliance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the services of an instance logged. */
public interface ServiceLogs {
  /** The names of all services that log. */
  List<String> services();

  /**
   * The lines of these services in the order of time, the last ones of each.
   *
   * @param since only lines from then on; a line that names no time belongs to the one before it
   * @param last how many lines of each service at most
   */
  List<LogLine> read(List<String> services, Optional<Instant> since, int last);

  /** Hands over every line from now on, as it is written, until told to end. */
  void follow(List<String> services, Consumer<LogLine> reader, BooleanSupplier ended)
      throws InterruptedException;
}
