package dev.nanoctl.server.media;

import dev.nanoctl.server.media.store.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client wants of a file, as RFC 9110 section 14 has it. */
sealed interface RangeRequest {
  /** All of it: no range, one nobody understands, several, or one for another file. */
  record Whole() implements RangeRequest {}

  /** One part of it; both ends lie within. */
  record Part(ByteRange range) implements RangeRequest {}

  /** Nothing the file has. */
  record Unsatisfiable() implements RangeRequest {}

  /** One range of bytes as it is written. */
  Pattern SPEC = Pattern.compile("\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /**
   * Reads the headers {@code Range} and {@code If-Range} for a file.
   *
   * @param size its size
   * @param etag its strong entity tag, with quotes
   */
  static RangeRequest of(Optional<String> range, Optional<String> ifRange, long size, String etag) {
    if (range.isEmpty() || !range.get().toLowerCase(Locale.ROOT).startsWith("bytes=")) {
      return new Whole();
    }
    // a date, a weak tag or another tag: what the client has is not certainly a part of this
    if (ifRange.isPresent() && !ifRange.get().strip().equals(etag)) {
      return new Whole();
    }
    List<ByteRange> parts = new ArrayList<>();
    for (String spec : range.get().substring("bytes=".length()).split(",", 50)) {
      Matcher matcher = SPEC.matcher(spec);
      boolean empty =
          !matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty());
      if (empty || isReversed(matcher)) {
        return new Whole();
      }
      satisfiable(matcher.group(1), matcher.group(2), size).ifPresent(parts::add);
    }
    return switch (parts.size()) {
      case 0 -> new Unsatisfiable();
      case 1 -> new Part(parts.getFirst());
      default -> new Whole();
    };
  }

  private static boolean isReversed(Matcher spec) {
    return !spec.group(1).isEmpty()
        && !spec.group(2).isEmpty()
        && Long.parseLong(spec.group(1)) > Long.parseLong(spec.group(2));
  }

  private static Optional<ByteRange> satisfiable(String first, String last, long size) {
    if (first.isEmpty()) {
      long suffix = Long.parseLong(last);
      return suffix == 0 || size == 0
          ? Optional.empty()
          : Optional.of(new ByteRange(Math.max(0, size - suffix), size - 1));
    }
    long from = Long.parseLong(first);
    if (from >= size) {
      return Optional.empty();
    }
    long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    return Optional.of(new ByteRange(from, to));
  }
}
