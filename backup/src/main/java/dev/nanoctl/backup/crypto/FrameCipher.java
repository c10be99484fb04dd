package dev.nanoctl.backup.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the numbered frames of one object with AES-256-GCM under a key of the object's own. The
 * nonce is the frame's number, so a number must be sealed once only; this class sees to that. Not
 * for several threads at once.
 */
public final class FrameCipher {
  /** How much longer a sealed frame is, in bytes. */
  public static final int OVERHEAD = 16;

  /** The number of the frame that ends an object, such as a pack's index. */
  public static final long LAST = 0xFFFF_FFFFL;

  private static final int NONCE = 12;

  private final SecretKeySpec key;
  private final String authenticated;
  private final Cipher cipher;
  private long next;

  FrameCipher(byte[] key, String authenticated) {
    this.key = new SecretKeySpec(key, "AES");
    this.authenticated = authenticated;
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  /** The number of the frame that is sealed next, from 0. */
  public long next() {
    return next;
  }

  /**
   * Seals the next frame.
   *
   * @return how many bytes were written: {@code length} and {@link #OVERHEAD}
   */
  public int seal(byte[] plain, int offset, int length, byte[] into, int at) {
    if (next >= LAST) {
      throw new IllegalStateException("the object has ended");
    }
    return seal(next++, plain, offset, length, into, at);
  }

  /** Seals the frame that ends the object; none may follow. */
  public int sealLast(byte[] plain, int length, byte[] into, int at) {
    if (next > LAST) {
      throw new IllegalStateException("the object has ended");
    }
    next = LAST + 1;
    return seal(LAST, plain, 0, length, into, at);
  }

  private int seal(long frame, byte[] plain, int offset, int length, byte[] into, int at) {
    try {
      init(Cipher.ENCRYPT_MODE, frame);
      return cipher.doFinal(plain, offset, length, into, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens a frame.
   *
   * @return the plain bytes
   * @throws AEADBadTagException if these are not the bytes sealed as this frame of this object
   */
  public byte[] open(long frame, byte[] sealed, int offset, int length) throws AEADBadTagException {
    byte[] plain = new byte[Math.max(0, length - OVERHEAD)];
    open(frame, sealed, offset, length, plain);
    return plain;
  }

  /**
   * Opens a frame into an array that may be longer.
   *
   * @return how many bytes were written: {@code length} without {@link #OVERHEAD}
   * @throws AEADBadTagException if these are not the bytes sealed as this frame of this object;
   *     none of them is in the array then
   */
  public int open(long frame, byte[] sealed, int offset, int length, byte[] into)
      throws AEADBadTagException {
    if (length < OVERHEAD || length - OVERHEAD > into.length) {
      throw new AEADBadTagException("a frame of " + length + " bytes");
    }
    try {
      init(Cipher.DECRYPT_MODE, frame);
      return cipher.doFinal(sealed, offset, length, into, 0);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening failed", e);
    }
  }

  private void init(int mode, long frame) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE).putInt(0).putLong(frame).array();
    cipher.init(mode, key, new GCMParameterSpec(OVERHEAD * 8, nonce));
    cipher.updateAAD((authenticated + "|" + frame).getBytes(StandardCharsets.UTF_8));
  }
}
