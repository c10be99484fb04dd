package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.plan.ScaleFacts;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl scale app=N}. */
@Command(
    name = "scale",
    description = {
      "Have that many containers serve the application, without a failed request.",
      "New ones get requests once they are well; those that go finish theirs first."
    })
public final class ScaleCommand extends FleetCommand {
  private static final Pattern FORM = Pattern.compile("app=([0-9]{1,3})");

  @Parameters(index = "0", paramLabel = "app=N", description = "How many: app=1 to app=20.")
  private @Nullable String target;

  /** Scales the instance that is meant. */
  public ScaleCommand(Invocation invocation, Fleets fleets) {
    super(invocation, fleets);
  }

  @Override
  Fleets.Wish wish() {
    return new Fleets.Wish.Scale(apps());
  }

  @Override
  String done() {
    return "scaled to " + target;
  }

  private int apps() {
    Matcher form = FORM.matcher(String.valueOf(target));
    if (!form.matches()) {
      throw misused();
    }
    int apps = Integer.parseInt(form.group(1));
    if (apps < 1 || apps > ScaleFacts.MOST) {
      throw misused();
    }
    return apps;
  }

  private ProblemException misused() {
    return new Problem.Usage(
            "NC-USAGE",
            "scale takes app=1 to app=%d, not \"%s\"".formatted(ScaleFacts.MOST, target),
            "nanoctl scale app=3")
        .raise();
  }
}
