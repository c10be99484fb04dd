package dev.nanoctl.cli.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Pages for {@code man} that follow from the commands themselves, one for each command. */
public final class ManPages {
  private final CommandSpec root;
  private final String version;

  /** For a program with all its commands, in that version. */
  public ManPages(CommandSpec root, String version) {
    this.root = root;
    this.version = version;
  }

  /** Every page by its file name, such as {@code nanoctl-install.1}. */
  public Map<String, String> all() {
    var pages = new TreeMap<String, String>();
    collect(root, pages);
    return pages;
  }

  private void collect(CommandSpec command, Map<String, String> pages) {
    pages.put(pageOf(command) + ".1", page(command));
    children(command).forEach(child -> collect(child, pages));
  }

  private static List<CommandSpec> children(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(line -> line.getCommandSpec())
        .filter(child -> !child.usageMessage().hidden())
        .distinct()
        .toList();
  }

  private static String pageOf(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String page(CommandSpec command) {
    var page = new StringBuilder();
    page.append(
        ".TH \"%s\" 1 \"\" \"nanoctl %s\" \"nanoctl\"\n"
            .formatted(roff(pageOf(command).toUpperCase(java.util.Locale.ROOT)), roff(version)));
    String[] description = command.usageMessage().description();
    page.append(".SH NAME\n%s \\- %s\n".formatted(roff(pageOf(command)), oneLine(description)));
    page.append(".SH SYNOPSIS\n.nf\n").append(roff(synopsis(command))).append("\n.fi\n");
    page.append(".SH DESCRIPTION\n");
    for (String line : description) {
      page.append(".PP\n").append(roff(plain(line))).append('\n');
    }
    section(page, "ARGUMENTS", positions(command));
    section(page, "OPTIONS", options(command));
    section(page, "COMMANDS", commands(command));
    section(page, "EXIT STATUS", statuses(command));
    section(page, "", footer(command));
    related(page, command);
    return page.toString();
  }

  private static String synopsis(CommandSpec command) {
    return command.commandLine().getHelp().synopsis(0).strip();
  }

  private static List<String> positions(CommandSpec command) {
    return command.positionalParameters().stream()
        .filter(position -> !position.hidden())
        .map(ManPages::position)
        .toList();
  }

  private static String position(PositionalParamSpec position) {
    return entry(position.paramLabel(), oneLine(position.description()));
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(ManPages::option)
        .toList();
  }

  private static String option(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return entry(String.join(", ", option.names()) + label, oneLine(option.description()));
  }

  private static List<String> commands(CommandSpec command) {
    return children(command).stream()
        .map(child -> entry(child.name(), oneLine(child.usageMessage().description())))
        .toList();
  }

  private static List<String> statuses(CommandSpec command) {
    return command.usageMessage().exitCodeList().entrySet().stream()
        .map(status -> entry(status.getKey(), roff(plain(status.getValue()))))
        .toList();
  }

  private static List<String> footer(CommandSpec command) {
    String[] lines = command.usageMessage().footer();
    if (lines.length == 0) {
      return List.of();
    }
    String heading = plain(command.usageMessage().footerHeading()).strip().replaceAll(":$", "");
    String text = Arrays.stream(lines).map(l -> roff(plain(l))).collect(Collectors.joining("\n"));
    return List.of(".SS \"%s\"\n.nf\n%s\n.fi\n".formatted(roff(heading), text));
  }

  private static void related(StringBuilder page, CommandSpec command) {
    var names = new ArrayList<String>();
    if (command.parent() != null) {
      names.add(pageOf(command.parent()));
    }
    children(command).forEach(child -> names.add(pageOf(child)));
    if (!names.isEmpty()) {
      page.append(".SH \"SEE ALSO\"\n");
      page.append(names.stream().map(n -> "\\fB" + roff(n) + "\\fR(1)").collect(joined()));
      page.append('\n');
    }
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",\n");
  }

  private static void section(StringBuilder page, String title, List<String> entries) {
    if (!entries.isEmpty()) {
      if (!title.isEmpty()) {
        page.append(".SH \"").append(title).append("\"\n");
      }
      entries.forEach(page::append);
    }
  }

  private static String entry(String term, String text) {
    return ".TP\n\\fB%s\\fR\n%s\n".formatted(roff(term), text);
  }

  private static String oneLine(String[] lines) {
    return roff(plain(String.join(" ", lines)));
  }

  /** Without the marks that colour a terminal, and with line ends as such. */
  private static String plain(String text) {
    return Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
  }

  /** Every character means itself: no line is a request, no hyphen a dash. */
  private static String roff(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replaceAll("(?m)^(['.])", "\\\\&$1")
        .replace("\"", "\\(dq");
  }
}
