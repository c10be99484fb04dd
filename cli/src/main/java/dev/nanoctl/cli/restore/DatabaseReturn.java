package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Brings the database of an instance back, in one way; every step may be repeated. */
interface DatabaseReturn {
  /**
   * What fulfils a wish.
   *
   * @param snapshot where the database comes from
   * @param later the snapshot after it, which knows objects that were added until the moment wished
   * @param segments the names of the segments of log that are replayed
   * @param logBytes how much log that is
   * @param remark what whoever wishes has to know; mostly nothing
   */
  record Chosen(
      Snapshot snapshot,
      Optional<Snapshot> later,
      List<String> segments,
      long logBytes,
      Optional<String> remark) {
    /** Keeps its own copy. */
    public Chosen {
      segments = List.copyOf(segments);
    }
  }

  /**
   * Chooses what fulfils a wish best.
   *
   * @throws dev.nanoctl.core.ProblemException when nothing does
   */
  Chosen choose(SiteVault vault, RecoveryWish wish) throws IOException;

  /** Puts it beside the live one; configuration and secrets follow where they are wished. */
  Chosen fetch(SiteVault vault, RecoveryWish wish, BooleanSupplier stop)
      throws IOException, InterruptedException, SQLException;

  /** Has secrets that were fetched fit the database as it will be. */
  void settleSecrets() throws IOException;

  /** Brings what lies beside to the moment that was wished; what was reached, for people. */
  String replay() throws IOException, InterruptedException, SQLException;

  /** The id of the backup that lies beside. */
  String fetched() throws IOException;

  /** Removes what lies beside. */
  void discard() throws IOException, InterruptedException;

  /** What changes places by renaming in the site's folder, relative to it. */
  List<String> names();

  /** Puts it in the place of the live one, where {@link #names} does not. */
  void switchIn() throws IOException, InterruptedException;

  /** Puts the one from before back. */
  void switchBack() throws IOException, InterruptedException;

  /** Removes the one from before. */
  void forget() throws IOException, InterruptedException;

  /** Removes the search index, which is made anew from the database. */
  void dropDerived() throws IOException, InterruptedException;
}
