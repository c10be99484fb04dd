package dev.nanoctl.appliance.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks a {@code .txz} archive below one folder, never outside it. */
final class TarXz {
  private TarXz() {}

  /** Unpacks the wanted entries and answers the SHA-256 of the whole archive. */
  static byte[] unpack(InputStream archive, Path folder, Predicate<String> wanted)
      throws IOException {
    var hashed = new DigestInputStream(archive, sha256());
    var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(hashed, 1 << 16)));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (wanted.test(entry.getName())) {
        write(tar, entry, folder);
      }
    }
    hashed.transferTo(OutputStream.nullOutputStream());
    return hashed.getMessageDigest().digest();
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = inside(folder, folder.resolve(entry.getName()), entry);
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path parent = Files.createDirectories(inside(folder, target.resolve(".."), entry));
    if (entry.isSymbolicLink()) {
      inside(folder, parent.resolve(entry.getLinkName()), entry);
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static Path inside(Path folder, Path target, TarArchiveEntry entry) throws IOException {
    Path clean = target.normalize();
    if (!clean.startsWith(folder)) {
      throw new IOException("the archive entry " + entry.getName() + " leads outside");
    }
    return clean;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
