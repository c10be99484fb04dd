package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigError;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code nanoctl config edit}. */
@Command(
    name = "edit",
    description = {
      "Open a copy of nanoctl.yml in $VISUAL or $EDITOR; it replaces the file only when it is valid."
    })
public final class ConfigEditCommand implements Runnable {
  /** Opens a file for a person. */
  public interface Editor {
    /** Answers the editor's exit status when the person is done. */
    int open(String command, Path file) throws IOException, InterruptedException;
  }

  private final Invocation invocation;
  private final Operations operations;
  private final Editor editor;

  /** Edits the configuration of the instance that is meant. */
  public ConfigEditCommand(Invocation invocation, Operations operations, Editor editor) {
    this.invocation = invocation;
    this.operations = operations;
    this.editor = editor;
  }

  @Override
  public void run() {
    SiteConfigFile file = invocation.configFile();
    file.text();
    operations.exclusively(invocation.site(), "config edit", () -> edit(file));
  }

  private void edit(SiteConfigFile file) {
    ConfigText before = file.text();
    Path copy = copyOf(before);
    ConfigText after = edited(copy);
    while (after.check() instanceof ConfigCheck.Invalid(List<ConfigError> errors)) {
      Problem problem = new SiteConfigFile(copy).invalid(errors);
      if (!invocation.prompts().possible()) {
        throw rejected(problem, copy).raise();
      }
      problem.message().lines().forEach(invocation.output()::remark);
      if (!invocation.prompts().confirm("edit again?", true)) {
        throw rejected(problem, copy).raise();
      }
      after = edited(copy);
    }
    if (!after.equals(before)) {
      file.write(after);
    }
    delete(copy);
    report(file, !after.equals(before));
  }

  private static Problem rejected(Problem problem, Path copy) {
    return new Problem.Configuration(
        problem.code(),
        problem.message(),
        "nothing was changed; your text is kept in "
            + copy
            + ", check it with: nanoctl config validate "
            + copy);
  }

  private Path copyOf(ConfigText text) {
    try {
      Path copy = Files.createTempFile("nanoctl-", ".yml");
      return Files.writeString(copy, text.yaml());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConfigText edited(Path copy) {
    String command = command();
    try {
      int status = editor.open(command, copy);
      if (status != 0) {
        delete(copy);
        throw new Problem.Configuration(
                "NC-EDITOR-FAILED",
                command + " ended with status " + status + "; nothing was changed",
                "set EDITOR to an editor of your choice")
            .raise();
      }
      return new ConfigText(Files.readString(copy));
    } catch (CharacterCodingException e) {
      throw new Problem.Configuration(
              "NC-CONFIG-INVALID", copy + " is not UTF-8 text", "save it as UTF-8")
          .raise(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(
              "NC-INTERRUPTED", "interrupted; nothing was changed", "nanoctl config edit")
          .raise(e);
    }
  }

  private String command() {
    for (String name : List.of("VISUAL", "EDITOR")) {
      String command = invocation.environment().getOrDefault(name, "");
      if (!command.isBlank()) {
        return command;
      }
    }
    return "vi";
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(SiteConfigFile file, boolean changed) {
    if (invocation.output().wishes().json()) {
      invocation
          .output()
          .json(json -> json.field("path", file.path().toString()).field("changed", changed));
    } else {
      String remedy = changed ? invocation.command("restart") : "";
      String detail = changed ? "changed" : "unchanged";
      invocation.output().row(new Row(Glyph.DONE, file.path().toString(), detail, remedy), 0);
    }
  }
}
