package dev.nanoctl.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final UUID REPOSITORY = new UUID(1, 2);
  private final MasterKey key = MasterKey.generate(new Random(1));
  private final Sealer sealer = new Sealer(REPOSITORY, key, new Random(2));
  private final byte[] plain = "what nobody else may read".getBytes(StandardCharsets.UTF_8);

  @Test
  void whatIsSealedOpensAgain() {
    byte[] sealed = sealer.seal(ObjectType.WAL, "wal/1", plain);
    assertThat(sealer.open(ObjectType.WAL, "wal/1", sealed)).isEqualTo(plain);
    assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("nobody");
  }

  @Test
  void everyFlippedBitShows() {
    byte[] sealed = sealer.seal(ObjectType.WAL, "wal/1", plain);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> sealer.open(ObjectType.WAL, "wal/1", flipped))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("NC-REPO-DAMAGED");
    }
  }

  @Test
  void anObjectPassesForNoOther() {
    byte[] sealed = sealer.seal(ObjectType.WAL, "wal/1", plain);
    assertThatThrownBy(() -> sealer.open(ObjectType.WAL, "wal/2", sealed))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> sealer.open(ObjectType.NOTE, "wal/1", sealed))
        .isInstanceOf(ProblemException.class);
    Sealer other = new Sealer(new UUID(1, 3), key, new Random(2));
    assertThatThrownBy(() -> other.open(ObjectType.WAL, "wal/1", sealed))
        .isInstanceOf(ProblemException.class);
    byte[] cut = Arrays.copyOf(sealed, sealed.length - 1);
    assertThatThrownBy(() -> sealer.open(ObjectType.WAL, "wal/1", cut))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aFramePassesForNoOther() throws AEADBadTagException {
    byte[] salt = sealer.salt();
    FrameCipher writing = sealer.frames(ObjectType.PACK, "packs/a", salt);
    byte[] first = new byte[plain.length + FrameCipher.OVERHEAD];
    byte[] second = first.clone();
    writing.seal(plain, 0, plain.length, first, 0);
    writing.seal(plain, 0, plain.length, second, 0);
    assertThat(first).isNotEqualTo(second);
    FrameCipher reading = sealer.frames(ObjectType.PACK, "packs/a", salt);
    assertThat(reading.open(1, second, 0, second.length)).isEqualTo(plain);
    assertThatThrownBy(() -> reading.open(0, second, 0, second.length))
        .isInstanceOf(AEADBadTagException.class);
  }

  @Test
  void idsAreOfTheContentAndTheKey() {
    BlockId id = sealer.blockIds().of(plain, 0, plain.length);
    assertThat(sealer.blockIds().of(plain, 0, plain.length)).isEqualTo(id);
    assertThat(sealer.blockIds().of(plain, 0, plain.length - 1)).isNotEqualTo(id);
    Sealer other = new Sealer(REPOSITORY, MasterKey.generate(new Random(5)), new Random(2));
    assertThat(other.blockIds().of(plain, 0, plain.length)).isNotEqualTo(id);
  }

  @Test
  void aSignatureIsOfTheseBytesAndThisKey() {
    Signer signer = sealer.signer();
    byte[] signature = signer.sign(plain);
    assertThat(Signer.verifies(signer.publicKey(), plain, signature)).isTrue();
    signature[3] ^= 1;
    assertThat(Signer.verifies(signer.publicKey(), plain, signature)).isFalse();
    assertThat(Signer.verifies(signer.publicKey(), plain, new byte[0])).isFalse();
  }
}
