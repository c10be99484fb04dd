package dev.nanoctl.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion scripts that follow from the commands themselves. */
public final class CompletionScripts {
  private final CommandSpec root;

  /** For a program with all its commands. */
  public CompletionScripts(CommandSpec root) {
    this.root = root;
  }

  /** For GNU Bash. */
  public String bash() {
    var script = new StringBuilder("# bash completion for nanoctl\n_nanoctl() {\n");
    script.append(
        """
          local word=${COMP_WORDS[COMP_CWORD]} path='' before=${COMP_WORDS[COMP_CWORD-1]} i
          for ((i = 1; i < COMP_CWORD; i++)); do
            case " $(_nanoctl_words "$path") " in *" ${COMP_WORDS[i]} "*)
              case ${COMP_WORDS[i]} in -*) ;; *) path="$path ${COMP_WORDS[i]}" ;; esac ;;
            esac
          done
          COMPREPLY=()
          case $before in
        """);
    script.append("    ").append(String.join(" | ", filesAfter()));
    script.append(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
    script.append("  esac\n");
    script.append("  COMPREPLY=($(compgen -W \"$(_nanoctl_words \"$path\")\" -- \"$word\"))\n");
    script.append("  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n}\n");
    script.append(words());
    return script.append("complete -o filenames -F _nanoctl nanoctl\n").toString();
  }

  /** For the Z shell, on top of the script for Bash. */
  public String zsh() {
    return "#compdef nanoctl\nautoload -U +X bashcompinit && bashcompinit\n" + bash();
  }

  /** For fish. */
  public String fish() {
    var script = new StringBuilder("# fish completion for nanoctl\ncomplete -c nanoctl -f\n");
    appendFish(script, root, List.of());
    return script.toString();
  }

  private String words() {
    var script = new StringBuilder("_nanoctl_words() {\n  case $1 in\n");
    appendWords(script, root, "");
    return script.append("  esac\n}\n").toString();
  }

  private void appendWords(StringBuilder script, CommandSpec command, String path) {
    script.append("    '").append(path).append("') echo '");
    script.append(String.join(" ", candidates(command))).append("' ;;\n");
    visible(command)
        .forEach((name, sub) -> appendWords(script, sub.getCommandSpec(), path + " " + name));
  }

  private static List<String> candidates(CommandSpec command) {
    var words = new LinkedHashSet<>(visible(command).keySet());
    for (PositionalParamSpec position : command.positionalParameters()) {
      if (position.completionCandidates() != null) {
        StreamSupport.stream(position.completionCandidates().spliterator(), false)
            .forEach(words::add);
      }
    }
    command.options().stream().filter(o -> !o.hidden()).forEach(o -> words.add(o.longestName()));
    return new ArrayList<>(words);
  }

  private Set<String> filesAfter() {
    var names = new LinkedHashSet<String>();
    collectFileOptions(root, names);
    return names;
  }

  private static void collectFileOptions(CommandSpec command, Set<String> names) {
    for (OptionSpec option : command.options()) {
      if (java.nio.file.Path.class.equals(option.type())) {
        names.add(option.longestName());
      }
    }
    command.subcommands().values().forEach(c -> collectFileOptions(c.getCommandSpec(), names));
  }

  private static Map<String, CommandLine> visible(CommandSpec command) {
    return command.subcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, java.util.LinkedHashMap::new));
  }

  private static void appendFish(StringBuilder script, CommandSpec command, List<String> path) {
    String seen =
        path.stream()
            .map(word -> "__fish_seen_subcommand_from " + word)
            .collect(Collectors.joining("; and "));
    String names = String.join(" ", visible(command).keySet());
    String here =
        path.isEmpty()
            ? "not __fish_seen_subcommand_from " + names
            : names.isEmpty() ? seen : seen + "; and not __fish_seen_subcommand_from " + names;
    visible(command)
        .forEach((name, sub) -> script.append(fishCommand(here, name, sub.getCommandSpec())));
    for (OptionSpec option : command.options()) {
      if (!option.hidden() && (path.isEmpty() || !option.inherited())) {
        script.append(fishOption(path.isEmpty() ? "" : seen, option));
      }
    }
    visible(command)
        .forEach((name, sub) -> {
          var deeper = new ArrayList<>(path);
          deeper.add(name);
          appendFish(script, sub.getCommandSpec(), deeper);
        });
  }

  private static String fishCommand(String condition, String name, CommandSpec command) {
    String[] description = command.usageMessage().description();
    return "complete -c nanoctl -n '%s' -a %s -d '%s'%n"
        .formatted(condition, name, fishText(description.length == 0 ? "" : description[0]));
  }

  private static String fishOption(String condition, OptionSpec option) {
    String[] description = option.description();
    return "complete -c nanoctl%s -l %s%s -d '%s'%n"
        .formatted(
            condition.isEmpty() ? "" : " -n '" + condition + "'",
            option.longestName().replaceFirst("^-+", ""),
            option.arity().max() == 0
                ? ""
                : java.nio.file.Path.class.equals(option.type()) ? " -r -F" : " -x",
            fishText(description.length == 0 ? "" : description[0]));
  }

  private static String fishText(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
