package dev.nanoctl.cli.command;

import dev.nanoctl.cli.drill.DrillReport;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Restores backups to see that they can be. */
public interface Drills {
  /**
   * What to try.
   *
   * @param target the target's name; empty: the one whose last drill is the longest ago, of those
   *     that open
   * @param kit a recovery kit to open the repository with, instead of the site's own passphrase
   * @param sampled whether to read few objects, and to restore all there is
   */
  record Order(Optional<String> target, Optional<Path> kit, boolean sampled) {}

  /**
   * A report that was kept.
   *
   * @param genuine whether it is what was signed
   * @param page to read and to print
   */
  record Kept(DrillReport report, boolean genuine, Path page) {}

  /**
   * Drills, and keeps the report.
   *
   * @param news is told what is going on
   */
  Kept run(SiteFolder site, Order order, Consumer<String> news);

  /** The reports, the newest first. */
  List<Kept> list(SiteFolder site);

  /** The report whose id begins so; the newest for an empty text. */
  Kept show(SiteFolder site, String id);
}
