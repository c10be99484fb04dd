package dev.nanoctl.appliance.fleet;

import java.io.IOException;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Has whoever reads secrets when it starts read them again. */
@FunctionalInterface
public interface Renewal {
  /**
   * Returns when everything that uses secrets is well and was started at that moment or later.
   *
   * @param apps how many containers of the app there are to be; 0 where there are none
   * @param interrupted whether to leave off; it is finished later
   */
  void renew(Instant promoted, int apps, BooleanSupplier interrupted)
      throws IOException, InterruptedException;
}
