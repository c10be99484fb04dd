package dev.nanoctl.server.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportsIT {

  @TempDir private Path folder;
  private ImportSite site;

  @BeforeEach
  void open() {
    site = new ImportSite(folder);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void guidesArePublishedOnceWhicheverWayTheyCome() throws IOException {
    Path guides = GuideFolders.write(folder, 12);
    Path tar = GuideFolders.tar(guides, folder.resolve("guides-xx.tar.gz"));
    List<Integer> progress = new ArrayList<>();
    ImportListener listener =
        new ImportListener() {
          @Override
          public void progress(int done, int total, int rejected) {
            assertThat(total).isEqualTo(12);
            progress.add(done);
          }

          @Override
          public void rejected(Rejection rejection) {
            throw new AssertionError(rejection);
          }
        };
    assertThat(site.run(tar, listener)).isEqualTo(new ImportSummary(12, 0, List.of()));
    assertThat(progress).isEqualTo(Stream.iterate(1, i -> i + 1).limit(12).toList());
    assertThat(site.run(tar)).isEqualTo(new ImportSummary(0, 12, List.of()));
    assertThat(site.run(guides)).isEqualTo(new ImportSummary(0, 12, List.of()));
    assertThat(site.count("SELECT count(*) FROM nano WHERE status = 'published'")).isEqualTo(12);
    assertThat(site.count("SELECT count(*) FROM nano_version")).isEqualTo(12);
    assertThat(site.count("SELECT count(*) FROM package")).isEqualTo(12);
    assertThat(site.count("SELECT count(*) FROM category WHERE slug IN ('garten', 'kueche')"))
        .isEqualTo(2);
    assertThat(site.count("SELECT count(*) FROM package WHERE text LIKE '%Beet Nummer 7 umgräbt%'"))
        .isEqualTo(1);
    assertThat(site.count("SELECT count(*) FROM audit_pending WHERE action = 'nano.publish'"))
        .isEqualTo(12);
    site.requireWhole();
    try (Stream<Path> work = Files.list(site.objects().resolve("work"))) {
      assertThat(work).isEmpty();
    }
  }

  @Test
  void aGuideThatChangedBecomesANewVersion() throws IOException {
    Path guides = GuideFolders.write(folder, 3);
    site.run(guides);
    Path page = guides.resolve("garten/guide_1/index.html");
    Files.writeString(page, Files.readString(page) + "<p>Neu</p>");
    assertThat(site.run(guides)).isEqualTo(new ImportSummary(1, 2, List.of()));
    assertThat(site.count("SELECT count(*) FROM nano_version WHERE semver = '1.0.1'")).isEqualTo(1);
    assertThat(site.count("SELECT count(*) FROM nano")).isEqualTo(3);
    assertThat(site.run(guides)).isEqualTo(new ImportSummary(0, 3, List.of()));
    site.requireWhole();
  }

  @Test
  void theTimesOfFilesDoNotMatter() throws IOException {
    Path guides = GuideFolders.write(folder, 1);
    site.run(guides);
    Files.setLastModifiedTime(
        guides.resolve("garten/guide_0/index.html"),
        java.nio.file.attribute.FileTime.from(Instant.EPOCH));
    assertThat(site.run(guides).unchanged()).isEqualTo(1);
    assertThat(site.count("SELECT count(*) FROM package")).isEqualTo(1);
  }

  @Test
  void whatIsWrongWithAGuideIsToldCompletely() throws IOException {
    Path guides = GuideFolders.write(folder, 1);
    Path wrong = GuideFolders.guide(guides, "garten", "wrong", 9);
    Files.writeString(
        wrong.resolve("nano.json"),
        """
        {"title": "x", "description": "", "language": "klingonisch!", "level": 4,
         "durationMinutes": "lang", "categories": ["garten"], "licence": "MEINE", "colour": "red"}
        """);
    Path broken = GuideFolders.guide(guides, "garten", "broken", 10);
    Files.writeString(broken.resolve("nano.json"), "{");
    Path empty = GuideFolders.guide(guides, "garten", "empty", 11);
    Files.delete(empty.resolve("index.html"));
    Path program = GuideFolders.guide(guides, "garten", "program", 12);
    Files.writeString(program.resolve("setup.exe"), "MZ");
    Path nowhere = GuideFolders.guide(guides, "garten", "nowhere", 13);
    Files.writeString(nowhere.resolve("nano.json"), GuideFolders.manifest("mond", "nowhere", 13));
    Path twin = GuideFolders.guide(guides, "kueche", "twin", 14);
    Files.writeString(twin.resolve("nano.json"), GuideFolders.manifest("garten", "guide_0", 14));
    Path link = GuideFolders.guide(guides, "kueche", "link", 15);
    Files.createSymbolicLink(link.resolve("passwd.txt"), Path.of("/etc/passwd"));
    Path bare = Files.createDirectories(guides.resolve("kueche/bare"));
    Files.writeString(bare.resolve("index.html"), "<p>x</p>");

    ImportSummary summary = site.run(guides);
    assertThat(summary.imported()).isEqualTo(1);
    assertThat(summary.rejected())
        .extracting(Rejection::entry, Rejection::code)
        .containsExactly(
            tuple("guides-xx/garten/broken", "MANIFEST_INVALID"),
            tuple("guides-xx/garten/empty", "ZIP_NO_CONTENT"),
            tuple("guides-xx/garten/nowhere", "VALIDATION_ERROR"),
            tuple("guides-xx/garten/program", "ZIP_FORBIDDEN_TYPE"),
            tuple("guides-xx/garten/wrong", "VALIDATION_ERROR"),
            tuple("guides-xx/kueche/bare", "MANIFEST_INVALID"),
            tuple("guides-xx/kueche/link", "ZIP_SYMLINK"),
            tuple("guides-xx/kueche/twin", "CONFLICT"));
    assertThat(summary.rejected().get(4).reason())
        .contains("title: ", "description: is missing", "language: ", "level: ")
        .contains("durationMinutes: ", "licence: ", "colour: there is no such field");
    assertThat(summary.rejected().get(3).reason()).startsWith("setup.exe: ");
    site.requireWhole();
  }

  @Test
  void aHostileArchiveHarmsNobody() throws IOException {
    Path archive = folder.resolve("evil.tar.gz");
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8")) {
      GuideFolders.add(tar, "g/categories.json", "[{\"slug\": \"X\"}]");
      GuideFolders.add(tar, "g/buero-grundlagen/ok/index.html", "<p>gut</p>");
      GuideFolders.add(
          tar,
          "g/buero-grundlagen/ok/nano.json",
          GuideFolders.manifest("buero-grundlagen", "ok", 1));
      GuideFolders.add(tar, "../../escaped.txt", "x");
      GuideFolders.add(tar, "/tmp/absolute-escaped.txt", "x");
      GuideFolders.add(tar, "g/a/../../../up.txt", "x");
      link(tar, "g/buero-grundlagen/l/nano.json", "/etc/passwd", TarConstants.LF_SYMLINK);
      link(tar, "g/hard", "g/buero-grundlagen/ok/index.html", TarConstants.LF_LINK);
      tar.putArchiveEntry(new TarArchiveEntry("g/pipe", TarConstants.LF_FIFO));
      tar.closeArchiveEntry();
      GuideFolders.add(tar, "g/buero-grundlagen/big/index.html", new byte[51 << 20]);
      GuideFolders.add(
          tar,
          "g/buero-grundlagen/big/nano.json",
          GuideFolders.manifest("buero-grundlagen", "big", 2));
      GuideFolders.add(tar, "g/buero-grundlagen/ok/INDEX.html", "<p>anders</p>");
    }
    ImportSummary summary = site.run(archive);
    assertThat(summary.rejected())
        .extracting(Rejection::code)
        .containsExactlyInAnyOrder(
            "VALIDATION_ERROR",
            "ZIP_PATH_TRAVERSAL",
            "ZIP_PATH_TRAVERSAL",
            "ZIP_PATH_TRAVERSAL",
            "ZIP_SYMLINK",
            "ZIP_SYMLINK",
            "ZIP_SYMLINK",
            "ZIP_ENTRY_TOO_LARGE",
            "ZIP_DUPLICATE");
    assertThat(Path.of("/tmp/absolute-escaped.txt")).doesNotExist();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .doesNotContain("escaped.txt", "up.txt");
    }
    // neither the guide that lost its page nor the one with two pages of one name came in half
    assertThat(summary.imported()).isZero();
    assertThat(site.count("SELECT count(*) FROM nano")).isZero();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte type)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @Test
  void anArchiveThatBreaksOffIsRefusedWhole() throws IOException {
    Path tar = GuideFolders.tar(GuideFolders.write(folder, 30), folder.resolve("guides-xx.tar.gz"));
    byte[] bytes = Files.readAllBytes(tar);
    Files.write(tar, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> site.run(tar))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("NC-IMPORT-DAMAGED");
    assertThat(site.count("SELECT count(*) FROM nano")).isZero();
  }

  @Test
  void whatCannotBeImportedIsSaid() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    for (Path path : List.of(text, empty)) {
      assertThatThrownBy(() -> site.run(path))
          .isInstanceOf(ProblemException.class)
          .hasMessageStartingWith("NC-IMPORT-SOURCE");
    }
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void packagesAreImportedWithAndWithoutAManifest() throws IOException {
    Path packages = Files.createDirectories(folder.resolve("packages/sub"));
    Files.write(
        packages.resolve("mit.zip"),
        zip(
            "index.html",
            "<p>Mit</p>",
            "nano.json",
            GuideFolders.manifest("buero-grundlagen", "mit", 1)));
    Files.write(
        packages.resolve("ohne_manifest.zip"),
        zip("index.html", "<html lang='en'><title>Tying knots</title><p>How to tie a knot.</p>"));
    Files.write(
        packages.resolve("karte.h5p"),
        zip(
            "h5p.json",
            """
            {"title": "Karte", "language": "de", "mainLibrary": "H5P.C", "embedTypes": ["div"],
             "license": "CC BY", "preloadedDependencies":
              [{"machineName": "H5P.C", "majorVersion": 1, "minorVersion": 0}]}
            """,
            "content/content.json",
            "{}",
            "H5P.C-1.0/library.json",
            """
            {"title": "C", "machineName": "H5P.C", "majorVersion": 1, "minorVersion": 0,
             "patchVersion": 0, "runnable": 1}
            """));
    Files.writeString(packages.resolve("kaputt.h5p"), "TEST");
    Path top = folder.resolve("packages");
    ImportSummary summary = site.run(top);
    assertThat(summary.imported()).isEqualTo(3);
    assertThat(summary.rejected())
        .extracting(Rejection::entry, Rejection::code)
        .containsExactly(tuple("packages/sub/kaputt.h5p", "ZIP_INVALID"));
    assertThat(
            site.count(
                "SELECT count(*) FROM nano WHERE title = 'Tying knots'"
                    + " AND language = 'en' AND description = 'How to tie a knot.'"))
        .isEqualTo(1);
    assertThat(
            site.count(
                "SELECT count(*) FROM nano WHERE title = 'Karte'"
                    + " AND licence = 'CC-BY-4.0' AND formats = ARRAY['interactive']"))
        .isEqualTo(1);
    assertThat(site.run(top).unchanged()).isEqualTo(3);
    assertThat(site.run(packages.resolve("mit.zip")).unchanged()).isEqualTo(1);
    site.requireWhole();
  }

  @Test
  void realGuidesAreImportedWholeAndOnce() throws IOException {
    String guides = System.getProperty("NANOCTL_GUIDES", System.getenv("NANOCTL_GUIDES"));
    assumeTrue(guides != null, "skipped: set NANOCTL_GUIDES to a folder of guides-*.tar.gz");
    int imported = 0;
    try (Stream<Path> files = Files.list(Path.of(String.valueOf(guides)))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tar.gz")).sorted().toList()) {
        ImportSummary summary = site.run(file);
        assertThat(summary.rejected()).isEmpty();
        imported += summary.imported();
        assertThat(site.run(file).unchanged()).isEqualTo(summary.imported());
      }
    }
    assertThat(imported).isPositive();
    site.requireWhole();
  }
}
