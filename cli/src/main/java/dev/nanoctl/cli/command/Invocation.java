package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What every command may use: where to print, whom to ask, and which instance is meant. */
public final class Invocation {
  private final Output output;
  private final Prompts prompts;
  private final Map<String, String> environment;
  private Optional<Path> chosenSite = Optional.empty();

  /** For one call of the program. */
  public Invocation(Output output, Prompts prompts, Map<String, String> environment) {
    this.output = output;
    this.prompts = prompts;
    this.environment = Map.copyOf(environment);
  }

  /** Where to print. */
  public Output output() {
    return output;
  }

  /** Whom to ask. */
  public Prompts prompts() {
    return prompts;
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Chooses the instance, as {@code --site} does. */
  public void choose(Optional<Path> site) {
    chosenSite = site;
  }

  /** The instance that was chosen by {@code --site}. */
  public Optional<Path> chosenSite() {
    return chosenSite;
  }

  /** The folder of the instance that is meant. */
  public SiteFolder site() {
    return new SiteFolder(
        chosenSite.or(() -> variable("NANOCTL_SITE").map(Path::of)).orElseGet(this::usualFolder));
  }

  /** The configuration file of the instance that is meant. */
  public SiteConfigFile configFile() {
    return new SiteConfigFile(site().config());
  }

  /** A command to propose, with {@code --site} if the instance is not the usual one. */
  public String command(String verb) {
    return chosenSite.isPresent()
        ? "nanoctl --site " + site().root() + " " + verb
        : "nanoctl " + verb;
  }

  private Path usualFolder() {
    Path home = Path.of(System.getProperty("user.home"));
    return System.getProperty("user.name").equals("root")
        ? Path.of("/var/lib/nanoctl")
        : variable("XDG_DATA_HOME")
            .map(Path::of)
            .orElse(home.resolve(".local/share"))
            .resolve("nanoctl");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
