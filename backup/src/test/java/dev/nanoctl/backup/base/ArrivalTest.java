package dev.nanoctl.backup.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.wire.ProtocolException;
import dev.nanoctl.core.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked when files arrive, on archives and manifests made by hand. */
class ArrivalTest {
  @TempDir private Path folder;

  private static byte[] entry(String name, char kind, byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000600");
    put(header, 124, "%011o".formatted(content.length));
    put(header, 136, "%011o".formatted(1_700_000_000));
    header[156] = (byte) kind;
    put(header, 257, "ustar\00000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    var all = new ByteArrayOutputStream();
    all.writeBytes(header);
    all.writeBytes(content);
    all.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return all.toByteArray();
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anArchiveIsReadInPiecesOfAnySize(long seed) throws Exception {
    var random = new Random(seed);
    byte[] content = new byte[70_000 + random.nextInt(3000)];
    random.nextBytes(content);
    var archive = new ByteArrayOutputStream();
    archive.writeBytes(entry("base/", '5', new byte[0]));
    archive.writeBytes(entry("base/1", '0', content));
    archive.writeBytes(entry("empty", '0', new byte[0]));
    archive.writeBytes(new byte[1024]);
    var sink = new FolderSink(folder);
    var parser = new TarParser(sink);
    ByteBuffer all = ByteBuffer.wrap(archive.toByteArray());
    while (all.hasRemaining()) {
      int count = Math.min(all.remaining(), 1 + random.nextInt(2000));
      parser.accept(all.slice(all.position(), count));
      all.position(all.position() + count);
    }
    parser.finish();
    assertThat(folder.resolve("base/1")).hasBinaryContent(content);
    assertThat(folder.resolve("empty")).isEmptyFile();
    Instant time = Instant.ofEpochSecond(1_700_000_000);
    assertThat(sink.entries())
        .isEqualTo(
            List.of(
                SourceFile.directory("base", time, 0600),
                SourceFile.file("base/1", content.length, time, 0600),
                SourceFile.file("empty", 0, time, 0600)));
  }

  @Test
  void anArchiveThatEndsEarlyOrWasChangedIsRefused() throws Exception {
    byte[] whole = entry("file", '0', new byte[600]);
    var early = new TarParser(new CountingSink());
    early.accept(ByteBuffer.wrap(whole, 0, 1000));
    assertThatThrownBy(early::finish).isInstanceOf(ProtocolException.class);
    whole[3] ^= 1;
    assertThatThrownBy(() -> new TarParser(new CountingSink()).accept(ByteBuffer.wrap(whole)))
        .isInstanceOf(ProtocolException.class);
    byte[] odd = entry("file", 'x', new byte[0]);
    assertThatThrownBy(() -> new TarParser(new CountingSink()).accept(ByteBuffer.wrap(odd)))
        .isInstanceOf(ProtocolException.class);
    byte[] outside = entry("../file", '0', new byte[0]);
    assertThatThrownBy(() -> new TarParser(new CountingSink()).accept(ByteBuffer.wrap(outside)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesBeyondEightGigabytesAreInBase256() throws Exception {
    byte[] large = entry("large", '0', new byte[0]);
    long size = 9L << 30;
    Arrays.fill(large, 124, 136, (byte) 0);
    large[124] = (byte) 0x80;
    ByteBuffer.wrap(large).putLong(128, size);
    Arrays.fill(large, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : large) {
      sum += b & 0xFF;
    }
    put(large, 148, "%06o\0 ".formatted(sum));
    var sink = new FolderSink(folder);
    new TarParser(sink).accept(ByteBuffer.wrap(large));
    assertThat(sink.entries().getFirst().size()).isEqualTo(size);
  }

  private static byte[] control(int crcAt) {
    byte[] file = new byte[8192];
    new Random(7).nextBytes(file);
    Arrays.fill(file, 296, file.length, (byte) 0);
    var crc = new CRC32C();
    crc.update(file, 0, crcAt);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(crcAt, (int) crc.getValue());
    return file;
  }

  @ParameterizedTest
  @ValueSource(ints = {288, 292})
  void theControlFileIsCheckedWhereverItsChecksumIs(int offset) {
    byte[] good = control(offset);
    assertThat(ControlFile.read(good).systemId())
        .isEqualTo(ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0));
    for (int bit = 0; bit < offset * 8; bit += 7) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ControlFile.read(bad))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("NC-BACKUP-CONTROL"));
    }
    assertThatThrownBy(() -> ControlFile.read(new byte[100])).isInstanceOf(ProblemException.class);
  }

  private static byte[] manifest(String crc) throws Exception {
    String body =
        """
        { "PostgreSQL-Backup-Manifest-Version": 2,
        "Files": [
        { "Path": "a", "Size": 3, "Checksum-Algorithm": "CRC32C", "Checksum": "%s" },
        { "Encoded-Path": "62", "Size": 0, "Checksum-Algorithm": "CRC32C", "Checksum": "00000000" }
        ],
        "WAL-Ranges": [ { "Timeline": 1, "Start-LSN": "0/2000028", "End-LSN": "0/2000120" } ],
        """
            .formatted(crc);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    return (body + "\"Manifest-Checksum\": \"" + HexFormat.of().formatHex(hash) + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static CheckedSink received(String a) throws Exception {
    var sink = new CheckedSink(new CountingSink());
    byte[] bytes = a.getBytes(StandardCharsets.UTF_8);
    sink.begin(SourceFile.file("a", bytes.length, Instant.EPOCH, 0600));
    sink.write(bytes, 0, bytes.length);
    sink.end();
    sink.begin(SourceFile.file("b", 0, Instant.EPOCH, 0600));
    sink.end();
    return sink;
  }

  @Test
  void whatArrivedHasToBeWhatTheServerSaysItSent() throws Exception {
    // CRC-32C of "abc" is 364b3fb7; the server writes the bytes of memory
    ServerManifest manifest = ServerManifest.read(manifest("b73f4b36"));
    assertThatCode(() -> received("abc").require(manifest)).doesNotThrowAnyException();
    for (String other : List.of("abd", "ab", "abcd")) {
      CheckedSink sink = received(other);
      assertThatThrownBy(() -> sink.require(manifest))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("the first is a");
    }
    var more = received("abc");
    more.begin(SourceFile.file("c", 0, Instant.EPOCH, 0600));
    more.end();
    assertThatThrownBy(() -> more.require(manifest)).hasMessageContaining("the first is c");
    assertThatThrownBy(() -> new CheckedSink(new CountingSink()).require(manifest))
        .hasMessageContaining("2 files");
  }

  @Test
  void aManifestThatWasChangedIsRefused() throws Exception {
    byte[] manifest = manifest("b73f4b36");
    assertThat(ServerManifest.read(manifest).files()).containsOnlyKeys("a", "b");
    manifest[60] ^= 1;
    assertThatThrownBy(() -> ServerManifest.read(manifest)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ServerManifest.read("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ProblemException.class);
  }
}
