package dev.nanoctl.backup.crypto;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signs with Ed25519 (RFC 8032). */
public final class Signer {
  /** How long a signature is, in bytes. */
  public static final int LENGTH = 64;

  private final Ed25519PrivateKeyParameters key;

  Signer(byte[] seed) {
    this.key = new Ed25519PrivateKeyParameters(seed, 0);
  }

  /** The public key, 32 bytes. */
  public byte[] publicKey() {
    return key.generatePublicKey().getEncoded();
  }

  /** The signature of the bytes. */
  public byte[] sign(byte[] message) {
    var signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  /** Whether the signature is that key's for these bytes. */
  public static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    if (signature.length != LENGTH) {
      return false;
    }
    var signer = new Ed25519Signer();
    signer.init(false, new Ed25519PublicKeyParameters(publicKey, 0));
    signer.update(message, 0, message.length);
    return signer.verifySignature(signature);
  }
}
