package dev.nanoctl.backup.crypto;

import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;

/**
 * Wraps a repository's master key so that it can lie in the repository: once under a passphrase and
 * once for the recovery key. Either is enough to open it.
 */
public final class KeyWraps {
  private static final HexFormat HEX = HexFormat.of();
  private static final String PASSPHRASE = "passphrase";
  private static final String RECOVERY = "recovery";

  private final UUID repository;
  private final RandomGenerator random;

  /** Wraps for that repository; the source must be a secure one outside of tests. */
  public KeyWraps(UUID repository, RandomGenerator random) {
    this.repository = repository;
    this.random = random;
  }

  /** The master key under a passphrase, as a JSON object in UTF-8. */
  public byte[] wrap(MasterKey key, Secret passphrase, Argon2 cost) {
    byte[] salt = new byte[Sealer.SALT];
    random.nextBytes(salt);
    return passphrase(cost, salt, seal(cost.key(passphrase, salt), PASSPHRASE, key));
  }

  private byte[] passphrase(Argon2 cost, byte[] salt, byte[] sealed) {
    return Json.bytes(json ->
        json.object(o ->
            o.field("format", 1)
                .field("repository", repository)
                .field("kind", PASSPHRASE)
                .field("kibibytes", cost.kibibytes())
                .field("passes", cost.passes())
                .field("lanes", cost.lanes())
                .field("salt", HEX.formatHex(salt))
                .field("sealed", HEX.formatHex(sealed))));
  }

  /** The master key for the owner of the recovery key, as a JSON object in UTF-8. */
  public byte[] wrap(MasterKey key, byte[] recoveryPublicKey) {
    RecoveryKey ephemeral = RecoveryKey.generate(random);
    byte[] sealed =
        seal(
            agreed(ephemeral.agree(recoveryPublicKey), ephemeral.publicKey(), recoveryPublicKey),
            RECOVERY,
            key);
    return recovery(recoveryPublicKey, ephemeral.publicKey(), sealed);
  }

  private byte[] recovery(byte[] recipient, byte[] ephemeral, byte[] sealed) {
    return Json.bytes(json ->
        json.object(o ->
            o.field("format", 1)
                .field("repository", repository)
                .field("kind", RECOVERY)
                .field("recipient", HEX.formatHex(recipient))
                .field("ephemeral", HEX.formatHex(ephemeral))
                .field("sealed", HEX.formatHex(sealed))));
  }

  /** Opens a wrapped key with a passphrase; empty if it is another's or was changed. */
  public Optional<MasterKey> open(byte[] wrapped, Secret passphrase) {
    JsonObject json = Json.parseObject(wrapped);
    if (!PASSPHRASE.equals(text(json, "kind"))) {
      return Optional.empty();
    }
    var cost = new Argon2(number(json, "kibibytes"), number(json, "passes"), number(json, "lanes"));
    byte[] salt = HEX.parseHex(text(json, "salt"));
    byte[] sealed = HEX.parseHex(text(json, "sealed"));
    if (!Arrays.equals(wrapped, passphrase(cost, salt, sealed))) {
      return Optional.empty();
    }
    return open(cost.key(passphrase, salt), PASSPHRASE, sealed);
  }

  /** Opens a wrapped key with a recovery key; empty if it is another's or was changed. */
  public Optional<MasterKey> open(byte[] wrapped, RecoveryKey recovery) {
    JsonObject json = Json.parseObject(wrapped);
    if (!RECOVERY.equals(text(json, "kind"))) {
      return Optional.empty();
    }
    byte[] ephemeral = HEX.parseHex(text(json, "ephemeral"));
    if (ephemeral.length != RecoveryKey.LENGTH) {
      return Optional.empty();
    }
    byte[] own = recovery.publicKey();
    byte[] sealed = HEX.parseHex(text(json, "sealed"));
    if (!Arrays.equals(wrapped, recovery(own, ephemeral, sealed))) {
      return Optional.empty();
    }
    return open(agreed(recovery.agree(ephemeral), ephemeral, own), RECOVERY, sealed);
  }

  private static byte[] agreed(byte[] shared, byte[] ephemeral, byte[] recipient) {
    byte[] salt = Arrays.copyOf(ephemeral, ephemeral.length + recipient.length);
    System.arraycopy(recipient, 0, salt, ephemeral.length, recipient.length);
    return Hkdf.derive(shared, salt, "nanoctl/1 recovery", MasterKey.LENGTH);
  }

  private byte[] seal(byte[] wrappingKey, String kind, MasterKey key) {
    byte[] sealed = new byte[MasterKey.LENGTH + FrameCipher.OVERHEAD];
    frames(wrappingKey, kind).seal(key.bytes(), 0, MasterKey.LENGTH, sealed, 0);
    return sealed;
  }

  private Optional<MasterKey> open(byte[] wrappingKey, String kind, byte[] sealed) {
    try {
      return Optional.of(MasterKey.of(frames(wrappingKey, kind).open(0, sealed, 0, sealed.length)));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    }
  }

  /** The wrapping key is used once, so the nonce of frame 0 is too. */
  private FrameCipher frames(byte[] wrappingKey, String kind) {
    return new FrameCipher(wrappingKey, "nanoctl/1|" + repository + "|key|" + kind);
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> RepositoryProblem.damaged("keys", "lacks " + name));
  }

  private static int number(JsonObject json, String name) {
    return Math.toIntExact(
        json.integer(name).orElseThrow(() -> RepositoryProblem.damaged("keys", "lacks " + name)));
  }
}
