package dev.nanoctl.cli.shell;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completes commands, options and known values at the prompt. */
public final class CommandCompleter implements Completer {
  private final CommandSpec program;

  /** For the commands of that program. */
  public CommandCompleter(CommandSpec program) {
    this.program = program;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    CommandSpec command = program;
    for (String word : line.words().subList(0, line.wordIndex())) {
      CommandLine next = command.subcommands().get(word);
      command = next == null ? command : next.getCommandSpec();
    }
    words(command).distinct().map(Candidate::new).forEach(candidates::add);
  }

  static Stream<String> words(CommandSpec command) {
    Stream<String> commands =
        command.subcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .map(java.util.Map.Entry::getKey);
    Stream<String> values =
        command.positionalParameters().stream().flatMap(CommandCompleter::values);
    Stream<String> options =
        command.options().stream().filter(o -> !o.hidden()).map(o -> o.longestName());
    return Stream.concat(commands, Stream.concat(values, options));
  }

  private static Stream<String> values(PositionalParamSpec position) {
    Iterable<String> known = position.completionCandidates();
    return known == null ? Stream.of() : StreamSupport.stream(known.spliterator(), false);
  }
}
