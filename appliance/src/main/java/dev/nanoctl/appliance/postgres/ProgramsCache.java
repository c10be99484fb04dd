package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the PostgreSQL programs unpacked, once for a version and architecture.
 *
 * <p>They are unpacked beside their final place, checked against the archive's known hash and moved
 * there in one step, so that whoever finds the folder finds all of it.
 */
public final class ProgramsCache {
  private static final String COMPLETE = "complete";

  private final Path folder;
  private final Path users;

  /** A cache in that folder, which every account that runs PostgreSQL must be able to read. */
  public ProgramsCache(Path folder) {
    this.folder = folder;
    this.users = folder.resolve("users");
  }

  /** The machine's cache for root, the user's own otherwise; {@code NANOCTL_CACHE} moves it. */
  public static ProgramsCache standard() {
    return new ProgramsCache(standardFolder());
  }

  private static Path standardFolder() {
    String chosen = System.getenv("NANOCTL_CACHE");
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    if (dev.nanoctl.appliance.process.OsAccount.current().isRoot()) {
      return Path.of("/var/cache/nanoctl");
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"));
    return (xdg == null || xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg))
        .resolve("nanoctl");
  }

  /** The folder of this cache. */
  public Path folder() {
    return folder;
  }

  /** Whether the programs are there already. */
  public Optional<PostgresPrograms> find(ProgramsArchive archive) {
    Path home = home(archive);
    return Files.exists(home.resolve(COMPLETE))
        ? Optional.of(new PostgresPrograms(home, archive.version()))
        : Optional.empty();
  }

  /** The programs, unpacked first when they are not there yet. */
  public PostgresPrograms programs(ProgramsArchive archive) {
    return find(archive).orElseGet(() -> unpackOnce(archive));
  }

  private Path home(ProgramsArchive archive) {
    return folder.resolve(
        "postgres-%s-%s".formatted(archive.version(), archive.sha256().substring(0, 12)));
  }

  private PostgresPrograms unpackOnce(ProgramsArchive archive) {
    try {
      Files.createDirectories(folder);
      try (var lock =
              FileChannel.open(
                  folder.resolve("unpack.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var held = lock.lock()) {
        assert held.isValid();
        Optional<PostgresPrograms> made = find(archive);
        return made.isPresent() ? made.get() : unpack(archive);
      }
    } catch (IOException e) {
      throw new Problem.Unavailable(
              "NC-PROGRAMS-UNPACK",
              "the PostgreSQL programs could not be unpacked into %s: %s"
                  .formatted(folder, e.getMessage()),
              "make room and make the folder writable, or name another in NANOCTL_CACHE")
          .raise(e);
    }
  }

  private PostgresPrograms unpack(ProgramsArchive archive) throws IOException {
    Path home = home(archive);
    Path beside = Files.createTempDirectory(folder, ".unpack-");
    try {
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
      String hash;
      try (InputStream in = archive.open()) {
        hash = HexFormat.of().formatHex(TarXz.unpack(in, beside, ProgramsCache::wanted));
      }
      if (!hash.equals(archive.sha256())) {
        throw new Problem.Verification(
                "NC-PROGRAMS-CHANGED",
                "the PostgreSQL programs are not the published ones: sha256 " + hash,
                "install nanoctl again from a source you trust")
            .raise();
      }
      Files.writeString(beside.resolve(COMPLETE), archive.sha256() + "\n");
      Trees.delete(home);
      Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
      return new PostgresPrograms(home, archive.version());
    } finally {
      Trees.delete(beside);
    }
  }

  /** Static libraries and build files are of no use at run time. */
  private static boolean wanted(String entry) {
    return !entry.endsWith(".a") && !entry.contains("/pkgconfig") && !entry.contains("/pgxs/");
  }

  /** The instances that use the programs. */
  public Set<String> users() {
    if (!Files.isDirectory(users)) {
      return Set.of();
    }
    try (Stream<Path> notes = Files.list(users)) {
      return notes.map(note -> note.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that an instance uses the programs. */
  public void use(String instance) {
    try {
      Files.createDirectories(users);
      Files.writeString(users.resolve(instance), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes that note back, and removes the programs when nobody uses them any more. */
  public void release(String instance) {
    try {
      if (Files.deleteIfExists(users.resolve(instance)) && users().isEmpty()) {
        Trees.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
