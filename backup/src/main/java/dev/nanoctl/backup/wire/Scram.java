package dev.nanoctl.backup.wire;

import dev.nanoctl.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), for one exchange. */
final class Scram {
  static final String PLAIN = "SCRAM-SHA-256";
  static final String BOUND = "SCRAM-SHA-256-PLUS";

  /** A server that asks for more wants to keep us busy. */
  private static final int MAX_ITERATIONS = 10_000_000;

  private final Secret password;
  private final String nonce;
  private final String header;
  private final byte[] binding;
  private byte[] serverSignature = {};

  /**
   * Begins an exchange.
   *
   * @param nonce random, printable, without commas
   * @param header of GS2: {@code n,,} without TLS, {@code y,,} when the server does not offer
   *     binding, {@code p=tls-server-end-point,,} with it
   * @param binding the hash of the server's certificate, empty without binding
   */
  Scram(Secret password, String nonce, String header, byte[] binding) {
    this.password = password;
    this.nonce = nonce;
    this.header = header;
    this.binding = binding.clone();
  }

  /** PostgreSQL takes the name from the start of the connection, so none is given here. */
  String first() {
    return header + firstBare();
  }

  private String firstBare() {
    return "n=,r=" + nonce;
  }

  /** Answers the server's challenge with the proof that the password is known. */
  String answer(String challenge) throws ProtocolException {
    Map<Character, String> fields = fields(challenge);
    String bothNonces = fields.getOrDefault('r', "");
    if (!bothNonces.startsWith(nonce) || bothNonces.length() == nonce.length()) {
      throw new ProtocolException("the server's nonce does not go on from ours");
    }
    byte[] salted = salted(fields);
    String last = "c=" + base64(channel()) + ",r=" + bothNonces;
    String all = firstBare() + "," + challenge + "," + last;
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] proof = hmac(sha256(clientKey), all);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= clientKey[i];
    }
    serverSignature = hmac(hmac(salted, "Server Key"), all);
    return last + ",p=" + base64(proof);
  }

  /** Checks that the server knows the password too. */
  void finish(String last) throws ProtocolException {
    Map<Character, String> fields = fields(last);
    byte[] theirs = decode(fields.getOrDefault('v', ""));
    if (serverSignature.length == 0 || !MessageDigest.isEqual(theirs, serverSignature)) {
      throw new ProtocolException("the server does not know the password: it may be another one");
    }
  }

  private byte[] salted(Map<Character, String> fields) throws ProtocolException {
    int iterations;
    try {
      iterations = Integer.parseInt(fields.getOrDefault('i', ""));
    } catch (NumberFormatException e) {
      throw new ProtocolException("the server's challenge has no number of iterations");
    }
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new ProtocolException("the server asks for %d iterations".formatted(iterations));
    }
    byte[] salt = decode(fields.getOrDefault('s', ""));
    if (salt.length == 0) {
      throw new ProtocolException("the server's challenge has no salt");
    }
    String prepared = Normalizer.normalize(password.value(), Normalizer.Form.NFKC);
    var spec = new PBEKeySpec(prepared.toCharArray(), salt, iterations, 256);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      spec.clearPassword();
    }
  }

  private byte[] channel() {
    byte[] head = header.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + binding.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(binding, 0, all, head.length, binding.length);
    return all;
  }

  private static Map<Character, String> fields(String message) throws ProtocolException {
    Map<Character, String> fields = new HashMap<>();
    for (String field : message.split(",", -1)) {
      if (field.length() < 2 || field.charAt(1) != '=') {
        throw new ProtocolException("not a message of SCRAM");
      }
      fields.put(field.charAt(0), field.substring(2));
    }
    if (fields.containsKey('e')) {
      throw new ProtocolException("the server refuses: " + fields.get('e'));
    }
    return fields;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decode(String text) throws ProtocolException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("not a message of SCRAM");
    }
  }
}
