package dev.nanoctl.server.media.pack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file in a package may be, judged by its name and by how it begins. */
final class ContentRules {
  private static final Set<String> PROGRAMS =
      Set.of(
          "exe",
          "dll",
          "com",
          "bat",
          "cmd",
          "msi",
          "msp",
          "scr",
          "pif",
          "cpl",
          "ps1",
          "psm1",
          "vbs",
          "vbe",
          "wsf",
          "wsh",
          "hta",
          "lnk",
          "reg",
          "so",
          "dylib",
          "apk",
          "ipa",
          "dmg",
          "pkg",
          "deb",
          "rpm",
          "appimage",
          "class",
          "jar",
          "war",
          "docm",
          "xlsm",
          "pptm",
          "php",
          "phtml",
          "phar",
          "jsp",
          "jspx",
          "asp",
          "aspx",
          "cgi",
          "htaccess");
  private static final Set<String> ARCHIVES =
      Set.of(
          "zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "tbz", "xz", "txz", "zst", "lz", "lzma",
          "cab", "arj", "ace", "iso", "h5p", "imscc", "mbz", "ear");

  /** Formats that are archives inside, and yet documents to everybody. */
  private static final Set<String> DOCUMENTS =
      Set.of(
          "docx", "xlsx", "pptx", "ppsx", "dotx", "potx", "odt", "ods", "odp", "odg", "odf", "ott",
          "epub", "ggb", "svgz", "kmz", "sb3", "mxl");

  private ContentRules() {}

  static Optional<Finding> check(String name, byte[] head) {
    String extension = extension(name);
    if (PROGRAMS.contains(extension)) {
      return Optional.of(Finding.error(Rule.FORBIDDEN_TYPE, name, "." + extension));
    }
    if (ARCHIVES.contains(extension)) {
      return Optional.of(Finding.error(Rule.NESTED, name, "." + extension));
    }
    Optional<String> program = programFormat(head);
    if (program.isPresent()) {
      return program.map(format -> Finding.error(Rule.FORBIDDEN_TYPE, name, format));
    }
    return DOCUMENTS.contains(extension)
        ? Optional.empty()
        : archiveFormat(head).map(format -> Finding.error(Rule.NESTED, name, format));
  }

  static String extension(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static Optional<String> programFormat(byte[] head) {
    if (begins(head, 0x7F, 'E', 'L', 'F')) {
      return Optional.of("ELF");
    }
    if (begins(head, 'M', 'Z') && head.length > 0x40) {
      long at = Bytes.u32(head, 0x3C);
      if (at + 4 <= head.length && begins(tail(head, (int) at), 'P', 'E', 0, 0)) {
        return Optional.of("PE");
      }
    }
    boolean macho =
        begins(head, 0xFE, 0xED, 0xFA, 0xCE)
            || begins(head, 0xFE, 0xED, 0xFA, 0xCF)
            || begins(head, 0xCE, 0xFA, 0xED, 0xFE)
            || begins(head, 0xCF, 0xFA, 0xED, 0xFE)
            || begins(head, 0xCA, 0xFE, 0xBA, 0xBE);
    return macho ? Optional.of("Mach-O or Java class") : Optional.empty();
  }

  private static Optional<String> archiveFormat(byte[] head) {
    if (begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6)) {
      return Optional.of("ZIP");
    }
    if (begins(head, 'R', 'a', 'r', '!', 0x1A, 7)) {
      return Optional.of("RAR");
    }
    if (begins(head, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C)) {
      return Optional.of("7z");
    }
    if (begins(head, 0x1F, 0x8B, 8)) {
      return Optional.of("gzip");
    }
    if (begins(head, 'B', 'Z', 'h') && head.length > 10 && begins(tail(head, 4), 0x31, 0x41)) {
      return Optional.of("bzip2");
    }
    if (begins(head, 0xFD, '7', 'z', 'X', 'Z', 0)) {
      return Optional.of("xz");
    }
    boolean tar = head.length > 262 && begins(tail(head, 257), 'u', 's', 't', 'a', 'r');
    return tar ? Optional.of("tar") : Optional.empty();
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static boolean begins(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
