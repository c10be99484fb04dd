package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Certificates with their keys, each pair in a folder of its own. The link {@code current} names
 * the one that is served and is swapped as a whole, so nobody ever reads the certificate of one
 * pair and the key of another; {@code previous} names the one to go back to.
 */
final class PairStore {
  private static final String CHAIN = "chain.pem";
  private static final String KEY = "key.pem";
  private static final String ENTRY = "entry.conf";

  private final Path root;

  /** The pairs below that folder. */
  PairStore(Path root) {
    this.root = root;
  }

  /** Where the files of the current pair are found, whichever it is. */
  PairFiles files() {
    return files(current());
  }

  private static PairFiles files(Path folder) {
    return new PairFiles(folder.resolve(CHAIN), folder.resolve(KEY));
  }

  private Path current() {
    return root.resolve("current");
  }

  private Path previous() {
    return root.resolve("previous");
  }

  /** The current pair; empty where there is none, or it is damaged. */
  Optional<TlsPair> read() {
    try {
      return Optional.of(TlsPair.read(files(current().toRealPath()))).filter(TlsPair::fits);
    } catch (IOException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  /** Which pair is the current one; changes with every swap. */
  Optional<String> name() {
    return target(current());
  }

  /** Whether there is a pair to go back to. */
  boolean hasPrevious() {
    return target(previous()).isPresent();
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Makes the folder, so that it can be handed to a container before there is a pair. */
  void prepare() throws IOException {
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Writes a pair and makes it the current one; the one before is kept.
   *
   * @param insists whether browsers are to refuse the site without encryption from then on
   */
  void put(TlsPair pair, boolean insists) throws IOException, GeneralSecurityException {
    if (!pair.fits()) {
      throw new GeneralSecurityException("the key is not that certificate's");
    }
    prepare();
    Path folder = free(TlsPair.fingerprint(pair.leaf()).substring(0, 16));
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(folder.resolve(KEY), Pem.of(pair.key()), "rw-------");
    write(folder.resolve(CHAIN), Pem.of(pair.chain()), "rw-r--r--");
    String value = insists ? "max-age=31536000" : "";
    write(folder.resolve(ENTRY), "set $strict_transport \"" + value + "\";\n", "rw-r--r--");
    Optional<String> before = name();
    if (before.isPresent()) {
      link(previous(), before.get());
    }
    link(current(), String.valueOf(folder.getFileName()));
    prune();
  }

  /** Makes the pair before the current one again; false where there is none. */
  boolean back() throws IOException {
    Optional<String> now = name();
    Optional<String> before = target(previous());
    if (now.isEmpty() || before.isEmpty()) {
      return false;
    }
    link(current(), before.get());
    link(previous(), now.get());
    return true;
  }

  private Path free(String name) {
    Path folder = root.resolve(name);
    for (int number = 2; Files.exists(folder); number++) {
      folder = root.resolve(name + "-" + number);
    }
    return folder;
  }

  private static void write(Path file, String text, String permissions) throws IOException {
    DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII), permissions);
  }

  /** A link is made beside and renamed, so that it names something at every moment. */
  private void link(Path link, String target) throws IOException {
    Path draft = root.resolve("." + link.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createSymbolicLink(draft, Path.of(target));
    Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void prune() throws IOException {
    List<String> kept = Stream.of(current(), previous()).flatMap(l -> target(l).stream()).toList();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.toList()) {
        boolean pair = Files.isDirectory(folder) && !Files.isSymbolicLink(folder);
        if (pair && !kept.contains(String.valueOf(folder.getFileName()))) {
          remove(folder);
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    for (String name : List.of(KEY, CHAIN, ENTRY)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    try {
      Files.delete(folder);
    } catch (NoSuchFileException _) {
      return; // another process swept, too
    }
  }
}
