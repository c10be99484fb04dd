package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A secret that somebody gives in a file, or types where nobody sees it. */
record SecretEntry(String verb) {
  /**
   * The one line of that file, or the answer to a question where no file is named.
   *
   * @param option that names the file
   * @param what it is, for the question
   * @param needs what is said where nobody can be asked, such as "a bucket needs"
   * @throws dev.nanoctl.core.ProblemException {@code NC-USAGE} when there is none
   */
  Secret of(@Nullable Path file, String option, String what, String needs, Prompts prompts) {
    if (file == null) {
      if (!prompts.possible()) {
        throw usage(needs + " " + option);
      }
      return new Secret(prompts.askHidden(what));
    }
    try {
      String text = Files.readString(file).strip();
      if (!text.isEmpty() && text.lines().count() == 1) {
        return new Secret(text);
      }
    } catch (IOException e) {
      throw usage("%s %s cannot be read".formatted(option, file));
    }
    throw usage("%s %s does not hold one line".formatted(option, file));
  }

  private RuntimeException usage(String message) {
    return new Problem.Usage("NC-USAGE", message, "nanoctl %s --help".formatted(verb)).raise();
  }
}
