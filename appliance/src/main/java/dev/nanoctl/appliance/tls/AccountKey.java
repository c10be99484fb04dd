package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key of the account at the authority: made once, then kept. */
final class AccountKey {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private final Path file;

  AccountKey(Path file) {
    this.file = file;
  }

  KeyPair ensure() throws IOException, GeneralSecurityException {
    if (Files.exists(file)) {
      return parse(Files.readString(file));
    }
    KeyPair made = Authority.pair();
    String text =
        Pem.of(made.getPrivate())
            + BEGIN
            + "\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(made.getPublic().getEncoded())
            + "\n"
            + END
            + "\n";
    DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
    return made;
  }

  private KeyPair parse(String text) throws GeneralSecurityException {
    PrivateKey secret = Pem.key(text);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException(file + " lacks its public key");
    }
    byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
    PublicKey open =
        KeyFactory.getInstance(secret.getAlgorithm()).generatePublic(new X509EncodedKeySpec(der));
    return new KeyPair(open, secret);
  }
}
