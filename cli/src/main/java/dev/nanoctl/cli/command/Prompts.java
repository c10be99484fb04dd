package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Terminals;
import dev.nanoctl.core.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Questions to a person; never asked where nobody could answer. */
public final class Prompts {
  private final Output output;
  private final BufferedReader answers;
  private final boolean someoneThere;

  /**
   * Asks through the output and reads from the input.
   *
   * @param someoneThere whether input and errors both are terminals
   */
  public Prompts(Output output, InputStream input, boolean someoneThere) {
    this.output = output;
    this.answers = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    this.someoneThere = someoneThere;
  }

  /** Whether a question would be answered. */
  public boolean possible() {
    return someoneThere && !output.wishes().json();
  }

  /** The answer, or what was proposed if it is empty. */
  public String ask(String question, String proposal) {
    output.ask(question + (proposal.isEmpty() ? ": " : " [" + proposal + "]: "));
    String answer = readLine().strip();
    return answer.isEmpty() ? proposal : answer;
  }

  /** The answer, which is not shown while it is typed. */
  public String askHidden(String question) {
    output.ask(question + ": ");
    Terminals.echo(false);
    try {
      return readLine().strip();
    } finally {
      Terminals.echo(true);
      output.ask("\n");
    }
  }

  /** Whether the answer is yes. */
  public boolean confirm(String question, boolean proposal) {
    String answer = ask(question, proposal ? "Y/n" : "y/N");
    return switch (answer.toLowerCase(java.util.Locale.ROOT)) {
      case "y", "yes", "j", "ja", "y/n" -> !answer.equals("y/N");
      default -> false;
    };
  }

  /**
   * What is told when a change is not agreed to.
   *
   * @param asks such as "restore asks before it switches data"
   * @param anyway the command that does not ask
   * @param nothing such as "nothing was restored"
   * @param shown such as "nanoctl restore --plan shows what would be done"
   */
  record Refusal(String asks, String anyway, String nothing, String shown) {}

  /**
   * Goes on only when somebody says yes.
   *
   * @throws dev.nanoctl.core.ProblemException {@code NC-CONFIRM} where nobody can answer, {@code
   *     NC-INTERRUPTED} when the answer is no
   */
  void agree(String question, Refusal refusal) {
    if (!possible()) {
      throw new Problem.Usage(
              "NC-CONFIRM", refusal.asks() + ", and nobody is there to answer", refusal.anyway())
          .raise();
    }
    if (!confirm(question, false)) {
      throw new Problem.Interrupted("NC-INTERRUPTED", refusal.nothing(), refusal.shown()).raise();
    }
  }

  /** Says something between questions. */
  public void remark(String text) {
    output.ask(text + "\n");
  }

  private String readLine() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new Problem.Interrupted(
                "NC-INTERRUPTED",
                "the input ended before the question was answered",
                "run it again")
            .raise();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
