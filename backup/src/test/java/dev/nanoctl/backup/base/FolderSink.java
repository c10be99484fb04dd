package dev.nanoctl.backup.base;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what it is given as plain files, and remembers their order. */
public final class FolderSink implements BlockSink {
  private final Path folder;
  private final List<SourceFile> entries = new ArrayList<>();
  private @Nullable OutputStream out;

  /** A sink into that folder. */
  public FolderSink(Path folder) {
    this.folder = folder;
  }

  /** Everything it was given, in order. */
  public List<SourceFile> entries() {
    return entries;
  }

  @Override
  public void add(SourceFile entry) throws IOException {
    entries.add(entry);
    if (entry.kind() == SourceFile.Kind.DIRECTORY) {
      Files.createDirectories(folder.resolve(entry.path()));
    }
  }

  @Override
  public void begin(SourceFile file) throws IOException {
    entries.add(file);
    Path path = folder.resolve(file.path());
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    out = Files.newOutputStream(path);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (out == null) {
      throw new IllegalStateException("no file was begun");
    }
    out.write(bytes, offset, length);
  }

  @Override
  public void end() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
