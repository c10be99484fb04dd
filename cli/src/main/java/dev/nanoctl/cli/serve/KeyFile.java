package dev.nanoctl.cli.serve;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A file that holds a key of a bucket's account and nothing else, as an administrator wrote it. */
public final class KeyFile {
  private KeyFile() {}

  /**
   * Reads it.
   *
   * @param code of the problem when there is no key in it
   * @param message of that problem, made of what is wrong with the file, such as {@code is empty}
   * @throws ProblemException with that code when it is missing, empty, or cannot be read
   */
  public static Secret read(Path file, String code, UnaryOperator<String> message) {
    try {
      String text = Files.readString(file).strip();
      if (!text.isEmpty()) {
        return new Secret(text);
      }
    } catch (IOException e) {
      String what = Files.exists(file) ? "cannot be read" : "does not exist";
      throw missing(file, code, message.apply(what));
    }
    throw missing(file, code, message.apply("is empty"));
  }

  private static ProblemException missing(Path file, String code, String message) {
    return new Problem.Configuration(
            code,
            message,
            "write the key into it, and nothing else: install -m 600 /dev/stdin " + file)
        .raise();
  }
}
