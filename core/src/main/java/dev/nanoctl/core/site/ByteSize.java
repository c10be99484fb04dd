package dev.nanoctl.core.site;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk. Units are powers of 1,024, as people mean them: {@code 256 MB}.
 *
 * @param bytes never negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?) ?([KMGT]?)(i?B)?");

  /** Refuses a negative amount. */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
  }

  /** That many mebibytes. */
  public static ByteSize megabytes(long count) {
    return new ByteSize(count << 20);
  }

  /** Reads {@code 512 MB}, {@code 1.5g}, {@code 1048576}; empty for anything else. */
  public static Optional<ByteSize> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT).replace("IB", "iB"));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int power = " KMGT".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return bytes.precision() - bytes.scale() > 18
        ? Optional.empty()
        : Optional.of(new ByteSize(bytes.longValue()));
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** For people: {@code 256 MB}, {@code 3.8 GB}, {@code 17 B}. */
  @Override
  public String toString() {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
    double amount = bytes / (double) (1L << (10 * power));
    String digits = amount < 10 && amount != Math.rint(amount) ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, amount) + " " + " KMGT".charAt(power) + "B";
  }
}
