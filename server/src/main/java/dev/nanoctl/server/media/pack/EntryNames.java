package dev.nanoctl.server.media.pack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** Which names of entries are safe, on every system and to every reader. */
public final class EntryNames {
  private static final int UTF8_FLAG = 0x800;
  private static final int UNICODE_PATH = 0x7075;
  private static final int LONGEST = 240;
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private EntryNames() {}

  /** The name in UTF-8, or in the old code page if it is not flagged as UTF-8 and cannot be it. */
  static String decode(byte[] raw, int flags, byte[] extra) throws PackageFlaw {
    String name;
    try {
      name = strictUtf8(raw);
    } catch (CharacterCodingException e) {
      String old = new String(raw, Charset.forName("IBM437"));
      if ((flags & UTF8_FLAG) != 0) {
        throw new PackageFlaw(Rule.UNREADABLE_NAME, printable(old), "");
      }
      name = old;
    }
    return unicodePath(raw, extra, name);
  }

  private static String unicodePath(byte[] raw, byte[] extra, String name) throws PackageFlaw {
    byte[] field = ExtraFields.find(extra, UNICODE_PATH);
    if (field == null || field.length < 5 || field[0] != 1) {
      return name;
    }
    CRC32 crc = new CRC32();
    crc.update(raw);
    if (crc.getValue() != Bytes.u32(field, 1)) {
      return name;
    }
    try {
      String other = strictUtf8(Arrays.copyOfRange(field, 5, field.length));
      if (isAscii(name) && !other.equals(name)) {
        throw new PackageFlaw(Rule.CONTRADICTORY, printable(name), "it has two names");
      }
      return other;
    } catch (CharacterCodingException e) {
      throw new PackageFlaw(Rule.UNREADABLE_NAME, printable(name), "");
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String strictUtf8(byte[] raw) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(raw))
        .toString();
  }

  /** What is wrong with the name, or empty. */
  public static Optional<Finding> check(String name) {
    String shown = printable(name);
    if (name.isEmpty() || name.length() > LONGEST) {
      return unsafe(shown, name.isEmpty() ? "empty" : "longer than " + LONGEST + " characters");
    }
    if (name.codePoints().anyMatch(EntryNames::isInvisible)) {
      return unsafe(shown, "invisible characters");
    }
    if (name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")) {
      return leaves(shown, "absolute path");
    }
    String folder = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    List<String> segments = List.of(folder.split("/", -1));
    Optional<Finding> escape = escapes(shown, name, segments);
    return escape.isPresent() ? escape : unsafeSegment(shown, segments);
  }

  private static Optional<Finding> escapes(String shown, String name, List<String> segments) {
    if (segments.contains("..")) {
      return leaves(shown, "..");
    }
    // other programs may read a backslash, a percent code or a look-alike as what it resembles
    String lookAlike =
        Normalizer.normalize(name, Normalizer.Form.NFKC)
            .replace('\u2044', '/')
            .replace('\u2215', '/')
            .replace('\u29f8', '/')
            .replace('\u29f5', '\\')
            .replace('\u2216', '\\')
            .replaceAll("(?i)%2e", ".")
            .replaceAll("(?i)%2f", "/")
            .replaceAll("(?i)%5c", "\\\\")
            .replace('\\', '/');
    boolean leaves =
        lookAlike.startsWith("/")
            || lookAlike.matches("(?s)[A-Za-z]:.*")
            || List.of(lookAlike.split("/", -1)).contains("..");
    if (leaves) {
      return leaves(shown, "look-alike of \"..\" or \"/\"");
    }
    return name.indexOf('\\') >= 0 ? unsafe(shown, "backslash") : Optional.empty();
  }

  private static Optional<Finding> unsafeSegment(String shown, List<String> segments) {
    for (String segment : segments) {
      String stem = segment.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip();
      if (segment.isEmpty() || segment.equals(".")) {
        return unsafe(shown, "empty folder name");
      }
      if (segment.endsWith(".") || segment.endsWith(" ")) {
        return unsafe(shown, "dot or space at the end");
      }
      if (DEVICES.contains(stem) || segment.indexOf(':') >= 0) {
        return unsafe(shown, "reserved on some systems");
      }
    }
    return Optional.empty();
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  private static Optional<Finding> unsafe(String shown, String detail) {
    return Optional.of(Finding.error(Rule.UNSAFE_NAME, shown, detail));
  }

  private static Optional<Finding> leaves(String shown, String detail) {
    return Optional.of(Finding.error(Rule.LEAVES_THE_PACKAGE, shown, detail));
  }

  /** Two names that some file system cannot tell apart have the same key. */
  public static String folded(String name) {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    String composed = Normalizer.normalize(plain, Normalizer.Form.NFKC);
    return Normalizer.normalize(
        composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  /** The name with invisible characters made visible, and cut where it is endless. */
  public static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .limit(LONGEST)
        .forEach(c -> {
          if (isInvisible(c)) {
            text.append("\\u{").append(Integer.toHexString(c)).append('}');
          } else {
            text.appendCodePoint(c);
          }
        });
    return text.toString();
  }
}
