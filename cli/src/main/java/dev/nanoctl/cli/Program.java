package dev.nanoctl.cli;

import dev.nanoctl.appliance.engine.docker.AppProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In which form this program runs, which says how it is started again. */
sealed interface Program {
  /**
   * The command line of another process of this program.
   *
   * @param heap how much memory it may take for objects, such as {@code -Xmx20m}
   * @param machine what only a Java machine is told
   * @param arguments the arguments of the program itself
   */
  List<String> command(List<String> heap, List<String> machine, List<String> arguments);

  /** What an image of this program is made of. */
  AppProgram forImage();

  /** The form of the process that asks. */
  static Program running() {
    if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
      try {
        return new Image(Path.of("/proc/self/exe").toRealPath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Optional.ofNullable(System.getProperty("nanoctl.launcher"))
        .map(Path::of)
        .<Program>map(Launcher::new)
        .orElseGet(() ->
            new ClassPath(
                Path.of(System.getProperty("java.home")), System.getProperty("java.class.path")));
  }

  /** One file that holds everything; it takes the size of its heap, and no other option. */
  record Image(Path file) implements Program {
    @Override
    public List<String> command(List<String> heap, List<String> machine, List<String> arguments) {
      return joined(List.of(file.toString()), heap, arguments);
    }

    @Override
    public AppProgram forImage() {
      return new AppProgram.Binary(file);
    }
  }

  /** A script that finds Java anew each time. */
  record Launcher(Path file) implements Program {
    @Override
    public List<String> command(List<String> heap, List<String> machine, List<String> arguments) {
      return joined(List.of(file.toString()), forJava(heap), forJava(machine), arguments);
    }

    @Override
    public AppProgram forImage() {
      return classes(
          Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"));
    }

    private static List<String> forJava(List<String> options) {
      return options.stream().map(option -> "-J" + option).toList();
    }
  }

  /** Classes and jars, with the Java this process runs with. */
  record ClassPath(Path home, String classes) implements Program {
    @Override
    public List<String> command(List<String> heap, List<String> machine, List<String> arguments) {
      return joined(
          List.of(home.resolve("bin").resolve("java").toString()),
          heap,
          machine,
          List.of("-cp", classes, Main.class.getName()),
          arguments);
    }

    @Override
    public AppProgram forImage() {
      return Program.classes(home, classes);
    }
  }

  private static AppProgram classes(Path home, String classPath) {
    return new AppProgram.Classes(home, ClassPaths.whole(classPath), Main.class.getName());
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    var line = new ArrayList<String>();
    for (List<String> part : parts) {
      line.addAll(part);
    }
    return List.copyOf(line);
  }
}
