package dev.nanoctl.appliance.postgres;

import java.io.IOException;
import java.util.List;

/**
 * A restored cluster that can take the place of an instance's live one, while nothing of the
 * instance runs. Everything may be repeated: what is done already is left as it is.
 */
public interface Replacement {
  /** The restored cluster, before it is switched in. */
  SpareCluster spare();

  /** What changes places by renaming in the site's folder, relative to it. */
  List<String> names();

  /**
   * Makes the restored cluster, which was opened and closed, fit for this machine.
   *
   * @param log the folder below the data directory that was only needed for replaying
   */
  void settle(String log) throws IOException, InterruptedException;

  /** Puts it in the place of the live one, which is kept, where {@link #names} does not. */
  void switchIn() throws IOException, InterruptedException;

  /** Puts the kept one back, if there is one; what was restored lies beside again. */
  void switchBack() throws IOException, InterruptedException;

  /** Removes the one that was kept. */
  void forget() throws IOException, InterruptedException;

  /** Removes the search index, which is made anew from the database. */
  void dropDerived() throws IOException, InterruptedException;
}
