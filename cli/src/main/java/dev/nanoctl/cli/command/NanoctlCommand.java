package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: the options that all verbs share. */
@Command(
    name = "nanoctl",
    description = "A marketplace for short learning units, on a machine of your own.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    versionProvider = Version.class,
    footerHeading = "%nexit status:%n",
    footer = {
      "   0 done                     13 configuration invalid",
      "   1 unexpected (a bug)       14 a service is unavailable",
      "   2 wrong usage              15 repository or key problem",
      "   3 checked and not well     16 verification failed",
      "  10 not installed            17 failed and rolled back",
      "  11 locked                  130 interrupted",
      "  12 machine not fit",
    })
public final class NanoctlCommand implements Runnable {
  private final Invocation invocation;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The instance's folder; also NANOCTL_SITE.")
  private @Nullable Path site;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print facts and errors as one JSON object.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print only what was asked for, and errors.")
  private boolean quiet;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Also print what caused an error.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // its presence is what counts
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // its presence is what counts
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;

  @Spec private @Nullable CommandSpec spec;

  /** Tells the invocation what was chosen. */
  public NanoctlCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Applies the shared options; called before the verb runs. */
  public void apply() {
    invocation.choose(Optional.ofNullable(site));
    invocation.output().wishes(new Output.Wishes(json, quiet, verbose));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
