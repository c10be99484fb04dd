package dev.nanoctl.cli.command;

import dev.nanoctl.cli.completion.ManPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nanoctl man DIR}: called where packages are made. */
@Command(
    name = "man",
    hidden = true,
    description = "Write the manual pages of every command into a folder.")
public final class ManCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder; made when it is missing.")
  private @Nullable Path folder;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null || folder == null) {
      throw new IllegalStateException("not parsed");
    }
    Files.createDirectories(folder);
    var pages = new ManPages(spec.root(), Version.current());
    for (Map.Entry<String, String> page : pages.all().entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
    return 0;
  }
}
