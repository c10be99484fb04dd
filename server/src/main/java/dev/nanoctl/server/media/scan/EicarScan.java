package dev.nanoctl.server.media.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the test file of EICAR and nothing else: it is always there, and shows that what a scanner
 * finds is refused.
 */
public final class EicarScan implements MalwareScan {
  /** The test signature, written in two parts so that no file of ours holds it. */
  private static final byte[] SIGNATURE =
      String.join("", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
          .getBytes(StandardCharsets.US_ASCII);

  /** The signature stands at the very beginning, save for white space and a byte order mark. */
  private static final int WITHIN = 128;

  @Override
  public Look begin() {
    return new Beginning();
  }

  /** Keeps as many bytes as may matter. */
  private static final class Beginning implements Look {
    private final byte[] kept = new byte[WITHIN + SIGNATURE.length];
    private int length;

    @Override
    public void see(byte[] bytes, int offset, int count) {
      int more = Math.min(count, kept.length - length);
      System.arraycopy(bytes, offset, kept, length, more);
      length += more;
    }

    @Override
    public Optional<String> verdict() {
      for (int at = 0; at < WITHIN && at + SIGNATURE.length <= length; at++) {
        if (Arrays.equals(kept, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
          return Optional.of("EICAR-Test-File");
        }
      }
      return Optional.empty();
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
