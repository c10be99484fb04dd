package dev.nanoctl.backup.crypto;

import dev.nanoctl.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106): makes guessing a passphrase slow and hungry for memory.
 *
 * @param kibibytes of memory
 * @param passes over it
 * @param lanes in parallel
 */
public record Argon2(int kibibytes, int passes, int lanes) {
  /** The second recommendation of RFC 9106: 64 MiB, three passes, four lanes. */
  public static final Argon2 RECOMMENDED = new Argon2(64 * 1024, 3, 4);

  /** For 256 random bits, which nobody can guess at any speed: 1 MiB, one pass, one lane. */
  public static final Argon2 LIGHT = new Argon2(1024, 1, 1);

  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_-]{43,}");
  private static final int MOST_MEMORY = 1024 * 1024;
  private static final int MOST_PASSES = 64;
  private static final int MOST_LANES = 16;

  /** Refuses values that only someone who wants to stop this machine would choose. */
  public Argon2 {
    if (lanes < 1 || lanes > MOST_LANES || passes < 1 || passes > MOST_PASSES) {
      throw new IllegalArgumentException("Argon2 with " + passes + " passes, " + lanes + " lanes");
    }
    if (kibibytes < 8 * lanes || kibibytes > MOST_MEMORY) {
      throw new IllegalArgumentException("Argon2 with " + kibibytes + " KiB");
    }
  }

  /**
   * What that passphrase needs: {@link #LIGHT} where it has the form of those that nanoctl makes,
   * {@link #RECOMMENDED} where a person may have thought of it.
   */
  public static Argon2 of(Secret passphrase) {
    return RANDOM.matcher(passphrase.value()).matches() ? LIGHT : RECOMMENDED;
  }

  /** A key of 32 bytes. */
  byte[] key(Secret passphrase, byte[] salt) {
    byte[] password = passphrase.value().getBytes(StandardCharsets.UTF_8);
    return hash(password, salt, new byte[0], new byte[0]);
  }

  byte[] hash(byte[] password, byte[] salt, byte[] secret, byte[] additional) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kibibytes)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .withSecret(secret)
            .withAdditional(additional)
            .build());
    byte[] key = new byte[MasterKey.LENGTH];
    generator.generateBytes(password, key);
    return key;
  }
}
