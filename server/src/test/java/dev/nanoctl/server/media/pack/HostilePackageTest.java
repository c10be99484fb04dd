package dev.nanoctl.server.media.pack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.media.scan.EicarScan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages made to do harm; none may pass, and each must say why. */
final class HostilePackageTest {
  private static final byte[] PAGE = "<h1>Hallo</h1>".getBytes(UTF_8);

  private static ZipForge page() {
    return new ZipForge().add("index.html", PAGE);
  }

  private static ValidationReport validate(byte[] archive) throws IOException {
    return new PackageValidator(new EicarScan()).validate(new BytesSource(archive)).report();
  }

  private static List<Rule> rules(byte[] archive) throws IOException {
    return validate(archive).findings().stream().map(Finding::rule).toList();
  }

  @Test
  void anHonestPackagePasses() throws IOException {
    ValidationReport report = validate(page().store("bild.png", new byte[] {1, 2, 3}).bytes());
    assertThat(report.findings()).isEmpty();
    assertThat(report.ok()).isTrue();
    assertThat(report.facts().kind()).isEqualTo(PackageKind.HTML);
    assertThat(report.facts().launchFile()).isEqualTo("index.html");
    assertThat(report.facts().unpackedSize()).isEqualTo(PAGE.length + 3L);
    assertThat(report.files())
        .containsExactly(
            new PackageFile("bild.png", 3), new PackageFile("index.html", PAGE.length));
  }

  static Stream<Arguments> archives() {
    byte[] honest = page().bytes();
    return Stream.of(
        Arguments.of("nothing at all", new byte[0], Rule.EMPTY),
        Arguments.of("no ZIP", "TEST".getBytes(UTF_8), Rule.NOT_A_ZIP),
        Arguments.of("much text", "PK".repeat(50_000).getBytes(UTF_8), Rule.NOT_A_ZIP),
        Arguments.of("no entries", new ZipForge().bytes(), Rule.EMPTY),
        Arguments.of("only folders", new ZipForge().store("a/", new byte[0]).bytes(), Rule.EMPTY),
        Arguments.of("half", Arrays.copyOf(honest, honest.length / 2), Rule.TRUNCATED),
        Arguments.of("one byte less", Arrays.copyOf(honest, honest.length - 1), Rule.TRUNCATED),
        Arguments.of("trailing", concat(honest, new byte[] {0}), Rule.FOREIGN_BYTES),
        Arguments.of("leading", concat("#!/bin/sh\n".getBytes(UTF_8), honest), Rule.FOREIGN_BYTES),
        Arguments.of(
            "leading, offsets mended",
            new ZipForge().raw("MZ evil".getBytes(UTF_8)).add("index.html", PAGE).bytes(),
            Rule.FOREIGN_BYTES),
        Arguments.of(
            "hidden between entries",
            page().raw(new byte[100]).add("b.html", PAGE).bytes(),
            Rule.FOREIGN_BYTES),
        Arguments.of(
            "two ends", page().comment(new ZipForge().bytes()).bytes(), Rule.CONTRADICTORY),
        Arguments.of(
            "more entries claimed", page().claimMoreEntries(1).bytes(), Rule.CONTRADICTORY),
        Arguments.of(
            "fewer entries claimed",
            page().add("b.html", PAGE).claimMoreEntries(-1).bytes(),
            Rule.CONTRADICTORY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("archives")
  void aDamagedArchiveIsRefused(String what, byte[] archive, Rule rule) throws IOException {
    assertThat(rules(archive)).as(what).containsExactly(rule);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("encrypted", Rule.ENCRYPTED, e -> e.flags |= 1),
        lie("strongly encrypted", Rule.ENCRYPTED, e -> e.flags |= 0x41),
        lie("encrypted with AES", Rule.ENCRYPTED, e -> e.method = 99),
        lie("encrypted in the local header only", Rule.ENCRYPTED, e -> e.localFlags = 0x801),
        lie("larger than it is", Rule.CONTRADICTORY, e -> e.size += 10),
        lie("smaller than it is", Rule.CONTRADICTORY, e -> e.size = 1),
        lie("other size locally", Rule.CONTRADICTORY, e -> e.localSize = 5),
        lie("other name locally", Rule.CONTRADICTORY, e -> e.localName = "b.html".getBytes(UTF_8)),
        lie("wrong checksum", Rule.DAMAGED, e -> e.crc ^= 1),
        lie("other checksum locally", Rule.CONTRADICTORY, e -> e.localCrc = 7),
        lie("unknown method", Rule.UNKNOWN_METHOD, e -> e.method = 14),
        lie("stored, says deflated", Rule.DAMAGED, e -> e.packed = PAGE.clone(), true),
        lie("packed bytes beyond the end", Rule.CONTRADICTORY, e -> e.packedSize += 5000),
        lie("offset in the void", Rule.CONTRADICTORY, e -> e.offset = 0x7FFF_FFF0L),
        lie("zip64 sizes missing", Rule.CONTRADICTORY, e -> e.size = 0xFFFF_FFFFL),
        lie("symbolic link", Rule.SYMLINK, e -> e.mode = 0120777),
        lie("device", Rule.SYMLINK, e -> e.mode = 0060644),
        lie("pipe", Rule.SYMLINK, e -> e.mode = 0010644),
        lie("name no UTF-8", Rule.UNREADABLE_NAME, e -> rename(e, new byte[] {'a', (byte) 0xFF})),
        lie(
            "overlong UTF-8",
            Rule.UNREADABLE_NAME,
            e ->
                rename(
                    e, new byte[] {(byte) 0xC0, (byte) 0xAE, (byte) 0xC0, (byte) 0xAE, '/', 'x'})),
        lie("second name", Rule.CONTRADICTORY, e -> e.extra = unicodePath(e.name, "../x")));
  }

  private static void rename(ZipForge.Entry entry, byte[] name) {
    entry.name = name;
    entry.localName = name;
  }

  private static Arguments lie(String what, Rule rule, ZipForge.Lie lie) {
    return Arguments.of(what, rule, lie);
  }

  private static Arguments lie(String what, Rule rule, ZipForge.Lie lie, boolean resize) {
    return Arguments.of(
        what,
        rule,
        (ZipForge.Lie)
            entry -> {
              lie.tell(entry);
              entry.packedSize = resize ? entry.packed.length : entry.packedSize;
            });
  }

  private static byte[] unicodePath(byte[] raw, String other) {
    CRC32 crc = new CRC32();
    crc.update(raw);
    byte[] name = other.getBytes(UTF_8);
    return ByteBuffer.allocate(9 + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x7075)
        .putShort((short) (5 + name.length))
        .put((byte) 1)
        .putInt((int) crc.getValue())
        .put(name)
        .array();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLyingEntryIsRefused(String what, Rule rule, ZipForge.Lie lie) throws IOException {
    assertThat(rules(page().add("a.html", PAGE, lie).bytes())).as(what).containsExactly(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.html",
        "a/../../evil.html",
        "..",
        "a/..",
        "/etc/passwd",
        "//host/share",
        "C:/x",
        "c:x",
        "..\\evil.html",
        "a\\..\\..\\x",
        "\\\\host\\x",
        "\uFF0E\uFF0E/x",
        "\u2025/x",
        "\u2024\u2024/x",
        "..\u2215x",
        "..\uFF0Fx",
        "%2e%2e/x",
        "%2E%2e%2fx",
        "..%5cx",
        "a/%2e%2e/b"
      })
  void aPathOutOfThePackageIsRefused(String name) throws IOException {
    ValidationReport report = validate(page().add(name, PAGE).bytes());
    assertThat(report.findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.LEAVES_THE_PACKAGE);
    assertThat(report.findings().getFirst().code()).isEqualTo(FindingCode.ZIP_PATH_TRAVERSAL);
    assertThat(report.findings().getFirst().entry()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a//b.html", "./a.html", "a/./b", "a\\b.html", "con", "a/NUL.txt", "a/com1.html",
        "ab:stream", "x.", "x ", "a\u0000.html", "a\nb", "\u202Elmth.exe", "a\u200Bb", "a\uFEFFb"
      })
  void anUnsafeNameIsRefused(String name) throws IOException {
    assertThat(rules(page().add(name, PAGE).bytes())).containsExactly(Rule.UNSAFE_NAME);
  }

  @Test
  void aNameLongerThanAnyFileSystemTakesIsRefused() throws IOException {
    assertThat(rules(page().add("a".repeat(241), PAGE).bytes())).containsExactly(Rule.UNSAFE_NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "INDEX.HTML", "Index.html/"})
  void theSameNameTwiceIsRefused(String name) throws IOException {
    assertThat(rules(page().store(name, new byte[0]).bytes())).contains(Rule.DUPLICATE);
  }

  @Test
  void namesThatDifferOnlyInTheirUnicodeFormAreTheSame() throws IOException {
    byte[] archive = page().add("Käse.html", PAGE).add("Ka\u0308se.html", PAGE).bytes();
    assertThat(rules(archive)).containsExactly(Rule.DUPLICATE);
    assertThat(rules(page().add("stra\u00dfe.html", PAGE).add("STRASSE.html", PAGE).bytes()))
        .containsExactly(Rule.DUPLICATE);
  }

  @Test
  void aFileThatIsAlsoAFolderIsRefused() throws IOException {
    assertThat(rules(page().add("a", PAGE).add("a/b.html", PAGE).bytes()))
        .containsExactly(Rule.DUPLICATE);
  }

  @Test
  void aBombIsRefusedByCountingAndNotUnpackedToItsEnd() throws IOException {
    byte[] zeros = new byte[40 << 20];
    byte[] forgedBomb = page().add("a.txt", zeros, e -> e.size = 100).bytes();
    assertThat(rules(forgedBomb)).containsExactly(Rule.RATIO);
    byte[] bomb = page().add("a.txt", zeros).bytes();
    long before = System.nanoTime();
    ValidationReport report = validate(bomb);
    assertThat(report.findings()).extracting(Finding::rule).containsExactly(Rule.RATIO);
    assertThat(report.findings().getFirst().entry()).isEqualTo("a.txt");
    assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
  }

  @Test
  void theRatioCountsOverAllEntries() throws IOException {
    ZipForge forge = page();
    for (int i = 0; i < 30; i++) {
      forge.add("part" + i + ".txt", new byte[900_000]);
    }
    assertThat(rules(forge.bytes())).containsExactly(Rule.RATIO);
  }

  @Test
  void entriesThatShareBytesAreRefused() throws IOException {
    byte[] archive = page().add("a.html", PAGE, e -> e.offset = 0).bytes();
    assertThat(rules(archive)).containsExactly(Rule.OVERLAP);
  }

  @Test
  void anEntryThatIsTooLargeIsRefused() throws IOException {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    byte[] large = new byte[51 << 20];
    for (int at = 0; at < large.length; at += noise.length) {
      System.arraycopy(noise, 0, large, at, noise.length);
    }
    assertThat(rules(page().store("film.mp4", large).bytes()))
        .containsExactly(Rule.ENTRY_TOO_LARGE);
  }

  @Test
  void aPackageThatIsTooLargeIsRefusedUnread() throws IOException {
    PackageLimits small = new PackageLimits(100, 10, 1000, 150, 100);
    PackageValidator validator = new PackageValidator(small, 27, new EicarScan());
    byte[] archive = page().bytes();
    assertThat(validator.validate(new BytesSource(archive)).report().findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.PAYLOAD_TOO_LARGE);
  }

  @Test
  void moreThanTheCountedTotalIsRefused() throws IOException {
    PackageLimits small = new PackageLimits(10_000, 10, 1000, 20, 100);
    PackageValidator validator = new PackageValidator(small, 27, new EicarScan());
    byte[] archive = page().add("b.html", PAGE).bytes();
    assertThat(validator.validate(new BytesSource(archive)).report().findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.UNPACKED_TOO_LARGE);
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    ZipForge forge = new ZipForge();
    for (int i = 0; i < 2000; i++) {
      forge.add("p" + i + ".html", PAGE);
    }
    assertThat(rules(forge.bytes())).isEmpty();
    assertThat(rules(forge.add("one-more.html", PAGE).bytes()))
        .containsExactly(Rule.TOO_MANY_ENTRIES);
  }

  static Stream<Arguments> innerArchives() {
    return Stream.of(
        Arguments.of("a.zip", PAGE),
        Arguments.of("a.tar.gz", PAGE),
        Arguments.of("b.H5P", PAGE),
        Arguments.of("photo.png", page().bytes()),
        Arguments.of("data.bin", new byte[] {0x1F, (byte) 0x8B, 8, 0}),
        Arguments.of("x.dat", "Rar!\u001A\u0007\u0000".getBytes(ISO_8859_1)),
        Arguments.of("x.dat", "7z\u00BC\u00AF'\u001C".getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @MethodSource("innerArchives")
  void anArchiveInTheArchiveIsRefused(String name, byte[] content) throws IOException {
    assertThat(rules(page().add(name, content).bytes())).containsExactly(Rule.NESTED);
  }

  @Test
  void aDocumentThatIsAnArchiveInsideIsADocument() throws IOException {
    assertThat(rules(page().add("folien.odp", page().bytes()).bytes())).isEmpty();
  }

  static Stream<Arguments> programs() {
    byte[] portable = new byte[512];
    portable[0] = 'M';
    portable[1] = 'Z';
    portable[0x3C] = (byte) 0x80;
    portable[0x80] = 'P';
    portable[0x81] = 'E';
    return Stream.of(
        Arguments.of("setup.exe", PAGE),
        Arguments.of("run.BAT", PAGE),
        Arguments.of("makro.docm", PAGE),
        Arguments.of("shell.php", PAGE),
        Arguments.of("picture.png", portable),
        Arguments.of("noext", "\u007FELF\u0002".getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramIsRefused(String name, byte[] content) throws IOException {
    assertThat(rules(page().add(name, content).bytes())).containsExactly(Rule.FORBIDDEN_TYPE);
  }

  @Test
  void textThatBeginsLikeAProgramIsText() throws IOException {
    byte[] text = ("MZ steht für Mainz. " + "x".repeat(100)).getBytes(UTF_8);
    assertThat(rules(page().add("orte.txt", text).bytes())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"readme.txt", "eicar.com", "deep/down/x.html"})
  void theTestVirusIsFoundByItsSignature(String name) throws IOException {
    String virus =
        String.join(
            "", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
    ValidationReport report = validate(page().add(name, virus).bytes());
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.MALWARE_FOUND);
    assertThat(report.findings().getFirst().entry()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nano.json", "LICENSE", ".DS_Store", "__MACOSX/index.html", "style.css"})
  void aPackageWithNothingToOpenIsRefused(String name) throws IOException {
    assertThat(rules(new ZipForge().add(name, "x").bytes())).containsExactly(Rule.NO_CONTENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void flippedBytesGiveFindingsAndNeverAnythingElse(int block) throws IOException {
    byte[] honest =
        page()
            .add("h5p.json", "{\"title\": \"x\"}")
            .add("seite.html", "<p>" + "Wörter ".repeat(2000))
            .add("imsmanifest.xml", "<manifest><metadata/></manifest>")
            .bytes(block % 2 == 0);
    for (int seed = block * 25; seed < block * 25 + 25; seed++) {
      Random random = new Random(seed);
      byte[] flipped = honest.clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      long before = System.nanoTime();
      ValidationReport report = validate(flipped);
      assertThat(System.nanoTime() - before).as("seed %d", seed).isLessThan(2_000_000_000L);
      assertThat(report.findings()).as("seed %d", seed).isNotEmpty();
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
