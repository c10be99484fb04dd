package dev.nanoctl.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Which version of the program this is. */
public final class Version implements IVersionProvider {
  private static final String RESOURCE = "/dev/nanoctl/cli/version.txt";

  /** The version, such as {@code 0.1.0}. */
  public static String current() {
    try (InputStream text = Version.class.getResourceAsStream(RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"nanoctl " + current()};
  }
}
