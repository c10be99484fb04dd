package dev.nanoctl.server.account;

import dev.nanoctl.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106) and keeps them in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. The cost is the one OWASP's cheat sheet on password
 * storage names first. Each run takes 19 MiB, so only as many run at once as there are processors.
 */
final class PasswordHashes {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  // shared by all: what must be bounded is the memory and the processors of this machine
  private static final Semaphore RUNNING =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

  private final SecureRandom random = new SecureRandom();

  /** A new salted hash. */
  String hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = run(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(MEMORY_KIB, PASSES, LANES, encode(salt), encode(hash));
  }

  /** Whether the password is the one that was hashed; false for a hash of another format. */
  boolean matches(Secret password, String stored) {
    Matcher parts = FORMAT.matcher(stored);
    if (!parts.matches()) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] actual =
        run(
            password,
            Base64.getDecoder().decode(parts.group(4)),
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  /** Takes as long as {@link #matches} does, so that an unknown account is not told apart. */
  void pretend(Secret password) {
    run(password, new byte[SALT_BYTES], MEMORY_KIB, PASSES, LANES, HASH_BYTES);
  }

  /** Whether the hash was made at another cost than today's. */
  boolean outdated(String stored) {
    return !stored.startsWith(
        "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(MEMORY_KIB, PASSES, LANES));
  }

  private byte[] run(Secret password, byte[] salt, int memory, int passes, int lanes, int length) {
    RUNNING.acquireUninterruptibly();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memory)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      generator.generateBytes(password.value().getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      RUNNING.release();
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
