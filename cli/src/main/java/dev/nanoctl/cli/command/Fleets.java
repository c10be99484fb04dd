package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.SecretState;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.core.site.SiteFolder;
import java.util.List;

/** Changing the app's containers of an instance; the embedded engine has none and says so. */
public interface Fleets {
  /** A change of containers. */
  sealed interface Wish {
    /** To have that many containers of the app. */
    record Scale(int apps) implements Wish {}

    /** To run as this program, or to try that on a copy of the database. */
    record Upgrade(boolean rehearse) implements Wish {}

    /** To run as before the last upgrade. */
    record Rollback() implements Wish {}

    /** To give these secrets new values; empty: all that can be rotated. */
    record Rotate(List<String> secrets) implements Wish {
      /** Keeps its own copy. */
      public Rotate {
        secrets = List.copyOf(secrets);
      }
    }
  }

  /** What fulfilling a wish would do; nothing is changed. */
  Plan plan(SiteFolder site, Wish wish);

  /** Fulfils a wish; the plan that was carried out, empty when there was nothing to do. */
  Plan fulfil(SiteFolder site, Wish wish, Progress progress);

  /** The secrets of an instance. */
  List<SecretState> secrets(SiteFolder site);
}
