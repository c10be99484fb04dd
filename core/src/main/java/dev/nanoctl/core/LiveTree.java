package dev.nanoctl.core;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder that others change while it is looked through. What vanishes meanwhile is passed over;
 * {@link Files#walk} fails then.
 */
public final class LiveTree {
  /** Is shown one file, folder or link after another. */
  @FunctionalInterface
  public interface Visitor {
    /** It was there a moment ago, and was so. */
    void at(Path path, BasicFileAttributes attributes) throws IOException;
  }

  private LiveTree() {}

  /**
   * Shows all that is in a folder, itself included, folders before what is in them and in no order
   * otherwise; links are not followed. What is there all the time is shown once; a folder that is
   * not there has nothing in it.
   *
   * @throws IOException when something cannot be read that is there, and from the visitor
   */
  public static void walk(Path start, Visitor visitor) throws IOException {
    Files.walkFileTree(start, new Walk(visitor));
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Visitor visitor;

    Walk(Visitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      visitor.at(file, attributes);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      return postVisitDirectory(file, why);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why)
        throws IOException {
      if (why != null && !(why instanceof NoSuchFileException)) {
        throw why;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
