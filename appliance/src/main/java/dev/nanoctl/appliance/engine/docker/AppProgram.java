package dev.nanoctl.appliance.engine.docker;

import java.nio.file.Path;
import java.util.List;

/** What the image of the application is made of: this program, in the form it has. */
public sealed interface AppProgram {
  /** One file that needs nothing else. */
  record Binary(Path file) implements AppProgram {}

  /**
   * Java classes.
   *
   * @param home the Java that runs them now, and makes the image's runtime
   * @param classPath jars and folders, in order
   * @param mainClass what is started
   */
  record Classes(Path home, List<Path> classPath, String mainClass) implements AppProgram {
    /** Keeps its own copy. */
    public Classes {
      classPath = List.copyOf(classPath);
    }
  }
}
