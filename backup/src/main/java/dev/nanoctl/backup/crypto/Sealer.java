package dev.nanoctl.backup.crypto;

import dev.nanoctl.backup.RepositoryProblem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;

/**
 * Seals the objects of one repository. Every object begins with a header in the clear that holds a
 * salt; its key is derived from that and the master key; its repository, type and name are
 * authenticated. Safe for several threads at once.
 */
public final class Sealer {
  /** How long a header is, in bytes. */
  public static final int HEADER = 24;

  /** How long a salt is, in bytes. */
  public static final int SALT = 16;

  private static final int MAGIC = 0x4E43544C;
  private static final int VERSION = 1;

  private final UUID repository;
  private final MasterKey key;
  private final RandomGenerator random;

  /** Seals for that repository; the source of salts must be a secure one outside of tests. */
  public Sealer(UUID repository, MasterKey key, RandomGenerator random) {
    this.repository = repository;
    this.key = key;
    this.random = random;
  }

  /** The repository it seals for. */
  public UUID repository() {
    return repository;
  }

  /** A new salt. */
  public byte[] salt() {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return salt;
  }

  /** The header of an object. */
  public byte[] header(ObjectType type, byte[] salt) {
    return ByteBuffer.allocate(HEADER)
        .putInt(MAGIC)
        .put((byte) VERSION)
        .put((byte) type.code())
        .putShort((short) 0)
        .put(salt)
        .array();
  }

  /** The salt in an object's header; damage if it is no header of such an object. */
  public byte[] salt(ObjectType type, String name, byte[] object) {
    if (object.length >= HEADER) {
      byte[] salt = Arrays.copyOfRange(object, HEADER - SALT, HEADER);
      if (Arrays.equals(header(type, salt), Arrays.copyOf(object, HEADER))) {
        return salt;
      }
    }
    throw RepositoryProblem.damaged(name, "does not begin as a " + type.label() + " does");
  }

  /** The frames of an object with this name and salt. */
  public FrameCipher frames(ObjectType type, String name, byte[] salt) {
    return new FrameCipher(
        key.derive(salt, type.label()),
        "nanoctl/1|" + repository + "|" + type.label() + "|" + name);
  }

  /** A whole object of one frame, with its header. */
  public byte[] seal(ObjectType type, String name, byte[] plain) {
    return seal(type, name, plain, plain.length);
  }

  /** As {@link #seal(ObjectType, String, byte[])}, of the first bytes of an array. */
  public byte[] seal(ObjectType type, String name, byte[] plain, int length) {
    byte[] salt = salt();
    byte[] object = Arrays.copyOf(header(type, salt), HEADER + length + FrameCipher.OVERHEAD);
    frames(type, name, salt).seal(plain, 0, length, object, HEADER);
    return object;
  }

  /** Opens what {@link #seal} made; damage if it is anything else. */
  public byte[] open(ObjectType type, String name, byte[] object) {
    byte[] salt = salt(type, name, object);
    try {
      return frames(type, name, salt).open(0, object, HEADER, object.length - HEADER);
    } catch (AEADBadTagException e) {
      throw RepositoryProblem.damaged(name, "is not what was sealed", e);
    }
  }

  /** A maker of block ids. */
  public BlockIds blockIds() {
    return new BlockIds(key.derive(new byte[0], "block-id"));
  }

  /** Signs for this repository. */
  public Signer signer() {
    return new Signer(key.derive(new byte[0], "sign"));
  }
}
