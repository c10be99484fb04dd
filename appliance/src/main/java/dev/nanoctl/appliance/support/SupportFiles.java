package dev.nanoctl.appliance.support;

import dev.nanoctl.core.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The texts of a support bundle as they come together. What cannot be had is noted, because a
 * bundle is most wanted when something does not answer.
 */
public final class SupportFiles {
  private final Set<String> without;
  private final Consumer<String> told;
  private final List<SupportFile> files = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();

  /**
   * What could not be had.
   *
   * @param name of the text
   * @param why a code and a message, or that it was not wanted
   */
  public record Missing(String name, String why) {}

  /**
   * None yet.
   *
   * @param without names of texts that are left out
   * @param told hears the name of each text before it is read
   */
  public SupportFiles(Set<String> without, Consumer<String> told) {
    this.without = Set.copyOf(without);
    this.told = told;
  }

  /** Adds a text; an empty one says nothing and is left out. */
  public void take(String name, Supplier<String> text) {
    if (without.contains(name)) {
      missing.add(new Missing(name, "left out as asked"));
      return;
    }
    told.accept(name);
    attempt(
        name,
        () -> {
          String found = text.get();
          if (!found.isEmpty()) {
            files.add(new SupportFile(name, found));
          }
        });
  }

  /** Does something that may fail for reasons that the bundle is to tell. */
  void attempt(String name, Runnable work) {
    try {
      work.run();
    } catch (ProblemException e) {
      missing.add(new Missing(name, e.problem().code() + ": " + e.problem().message()));
    } catch (RuntimeException e) {
      missing.add(new Missing(name, e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
  }

  /** The texts so far. */
  public List<SupportFile> files() {
    return List.copyOf(files);
  }

  /** What could not be had so far. */
  public List<Missing> missing() {
    return List.copyOf(missing);
  }
}
