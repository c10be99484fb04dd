package dev.nanoctl.backup.crypto;

import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.core.Secret;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * The private half of an X25519 pair (RFC 7748) that opens a repository when everything else is
 * lost. It is written on paper and kept away from the machine, which knows only the public half.
 */
public final class RecoveryKey {
  static final int LENGTH = 32;
  private static final int VERSION = 1;
  private static final int CHECK = 4;
  private static final int GROUP = 5;
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final X25519PrivateKeyParameters key;

  private RecoveryKey(byte[] key) {
    this.key = new X25519PrivateKeyParameters(key, 0);
  }

  /** A new key; the source must be a secure one outside of tests. */
  public static RecoveryKey generate(RandomGenerator random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    return new RecoveryKey(key);
  }

  static RecoveryKey of(byte[] key) {
    return new RecoveryKey(key);
  }

  /**
   * Reads what {@link #text} wrote. Case, blanks and dashes do not matter; O is read as 0, I and L
   * as 1.
   */
  public static RecoveryKey parse(Secret text) {
    byte[] bytes = decode(text.value());
    if (bytes.length != 1 + LENGTH + CHECK || bytes[0] != VERSION) {
      throw RepositoryProblem.kitMistyped("it has the wrong length");
    }
    byte[] checked = Arrays.copyOf(bytes, 1 + LENGTH);
    if (!Arrays.equals(check(checked), Arrays.copyOfRange(bytes, 1 + LENGTH, bytes.length))) {
      throw RepositoryProblem.kitMistyped("its last groups do not fit the others");
    }
    return new RecoveryKey(Arrays.copyOfRange(checked, 1, checked.length));
  }

  /** Twelve groups of five letters and digits, with a check against typing errors. */
  public Secret text() {
    byte[] bytes = new byte[1 + LENGTH];
    bytes[0] = VERSION;
    key.encode(bytes, 1);
    byte[] all = Arrays.copyOf(bytes, bytes.length + CHECK);
    System.arraycopy(check(bytes), 0, all, bytes.length, CHECK);
    return new Secret(encode(all));
  }

  /** The public half, 32 bytes. */
  public byte[] publicKey() {
    return key.generatePublicKey().getEncoded();
  }

  /** What this key and the owner of the other public key agree on. */
  byte[] agree(byte[] otherPublic) {
    var agreement = new X25519Agreement();
    agreement.init(key);
    byte[] shared = new byte[agreement.getAgreementSize()];
    agreement.calculateAgreement(new X25519PublicKeyParameters(otherPublic, 0), shared, 0);
    return shared;
  }

  private static byte[] check(byte[] bytes) {
    return Arrays.copyOf(Digests.digest().digest(bytes), CHECK);
  }

  private static String encode(byte[] bytes) {
    var text = new StringBuilder();
    long bits = 0;
    int held = 0;
    int digits = 0;
    for (int i = 0; i < bytes.length || held > 0; i++) {
      bits = bits << 8 | (i < bytes.length ? bytes[i] & 0xFF : 0);
      held += 8;
      while (held >= 5 && digits * 5 < bytes.length * 8) {
        held -= 5;
        if (digits > 0 && digits % GROUP == 0) {
          text.append('-');
        }
        text.append(DIGITS.charAt((int) (bits >> held) & 31));
        digits++;
      }
      if (digits * 5 >= bytes.length * 8) {
        break;
      }
    }
    return text.toString();
  }

  private static byte[] decode(String text) {
    byte[] bytes = new byte[text.length()];
    long bits = 0;
    int held = 0;
    int length = 0;
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      if (c == '-' || Character.isWhitespace(c)) {
        continue;
      }
      int digit = DIGITS.indexOf(c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c);
      if (digit < 0) {
        throw RepositoryProblem.kitMistyped("it holds a character that no key has");
      }
      bits = bits << 5 | digit;
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes[length++] = (byte) (bits >> held);
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Dots, never the key. */
  @Override
  public String toString() {
    return "••••••";
  }
}
