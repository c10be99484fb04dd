package dev.nanoctl.cli.trial;

import dev.nanoctl.server.media.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small package that nobody else has.
 *
 * @param word stands in it, and nowhere else
 * @param bytes the archive
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TrialPackage(String word, byte[] bytes) {
  // no vowels: nothing that an analysis of language could take apart or make shorter
  private static final String LETTERS = "bcdfghjklmnpqrtvwxz";
  private static final int WORD = 14;
  private static final int FILLING = 96 << 10;

  /** Makes one. */
  static TrialPackage make() {
    var random = new SecureRandom();
    var word = new StringBuilder();
    for (int i = 0; i < WORD; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    var filling = new byte[FILLING];
    random.nextBytes(filling);
    String page =
        """
        <!doctype html>
        <html lang="de"><head><meta charset="utf-8"><title>Selbsttest</title></head>
        <body><h1>Selbsttest</h1><p>%s</p></body></html>
        """
            .formatted(word);
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      add(zip, "index.html", page.getBytes(StandardCharsets.UTF_8));
      add(zip, "zufall.txt", Base64.getMimeEncoder().encode(filling));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TrialPackage(word.toString(), bytes.toByteArray());
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  /** The digest of its bytes. */
  Sha256 sha256() {
    return Sha256.of(bytes);
  }
}
