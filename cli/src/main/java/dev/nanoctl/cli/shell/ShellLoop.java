package dev.nanoctl.cli.shell;

import dev.nanoctl.cli.command.Invocation;
import dev.nanoctl.cli.command.ShellCommand;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Model.CommandSpec;

/** Reads commands at a prompt and runs them, until Ctrl-D or {@code exit}. */
public final class ShellLoop implements ShellCommand.Loop {
  private static final List<String> ENDS = List.of("exit", "quit");

  private final Invocation invocation;
  private final Consumer<String[]> run;

  /** Runs what is typed through that function. */
  public ShellLoop(Invocation invocation, Consumer<String[]> run) {
    this.invocation = invocation;
    this.run = run;
  }

  @Override
  public void run(CommandSpec program) {
    if (invocation.output().wishes().json()) {
      throw new Problem.Usage(
              "NC-USAGE",
              "the shell is for people; it has no --json",
              "run the commands themselves")
          .raise();
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .appName("nanoctl")
              .terminal(terminal)
              .completer(new CommandCompleter(program))
              .variable(LineReader.HISTORY_FILE, history())
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      // each command makes its own choice, so what was chosen for the shell is kept here
      readOn(reader, invocation.chosenSite());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOn(LineReader reader, Optional<Path> site) {
    while (true) {
      try {
        reader.readLine("nanoctl> ");
        List<String> words = words(reader.getParsedLine());
        if (words.size() == 1 && ENDS.contains(words.getFirst())) {
          return;
        }
        if (!words.isEmpty()) {
          runOne(words, site);
        }
      } catch (UserInterruptException _) {
        // Ctrl-C drops the line that was being typed
      } catch (SyntaxError e) {
        invocation.output().remark("not understood: " + e.getMessage());
      } catch (EndOfFileException _) {
        return;
      }
    }
  }

  private void runOne(List<String> words, Optional<Path> site) {
    List<String> typed =
        words.getFirst().equals("nanoctl") ? words.subList(1, words.size()) : words;
    if (!typed.isEmpty() && typed.getFirst().equals("shell")) {
      invocation.output().remark("this is the shell");
    } else {
      List<String> arguments = new ArrayList<>(typed);
      if (arguments.stream()
          .noneMatch(word -> word.equals("--site") || word.startsWith("--site="))) {
        site.ifPresent(chosen -> arguments.addAll(0, List.of("--site", chosen.toString())));
      }
      run.accept(arguments.toArray(new String[0]));
    }
  }

  private static List<String> words(ParsedLine line) {
    return line.words().stream().filter(word -> !word.isEmpty()).toList();
  }

  private Path history() throws IOException {
    String state = invocation.environment().getOrDefault("XDG_STATE_HOME", "");
    Path folder =
        (state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state))
            .resolve("nanoctl");
    Files.createDirectories(folder);
    return folder.resolve("history");
  }
}
