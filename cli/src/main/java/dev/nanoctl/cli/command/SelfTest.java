package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The way of users through a running instance, gone to see that it is open. */
public interface SelfTest {
  /**
   * A step of the way.
   *
   * @param name what was done, or what was not
   * @param detail more; may be empty
   * @param took how long it took
   * @param problem why it failed; empty when it is done
   */
  record Step(String name, String detail, Duration took, Optional<Problem> problem) {
    /** Whether it is done. */
    public boolean ok() {
      return problem.isEmpty();
    }
  }

  /** Hears how it goes. */
  interface Listener {
    /** A step begins; said as what is being done. */
    void began(String doing);

    /** A step is over. */
    void ended(Step step);
  }

  /**
   * Publishes, finds, downloads and deletes a nano as people do, and removes all of it, also what
   * earlier ones left that were killed. Ends at the first step that fails; what was made is removed
   * even then.
   *
   * @return the steps that were tried; none where nothing is installed
   * @throws dev.nanoctl.core.ProblemException NC-LOCKED while another one runs, NC-INTERRUPTED when
   *     it was broken off and everything was removed
   */
  List<Step> run(SiteFolder site, Listener listener);
}
