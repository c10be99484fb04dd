package dev.nanoctl.server.media.pack;

/** The stable codes of what can be wrong with a package. */
public enum FindingCode {
  PAYLOAD_TOO_LARGE,
  ZIP_INVALID,
  ZIP_EMPTY,
  ZIP_ENCRYPTED,
  ZIP_BOMB,
  ZIP_TOO_MANY_ENTRIES,
  ZIP_ENTRY_TOO_LARGE,
  ZIP_PATH_TRAVERSAL,
  ZIP_SYMLINK,
  ZIP_DUPLICATE,
  ZIP_NESTED,
  ZIP_FORBIDDEN_TYPE,
  ZIP_NO_CONTENT,
  MANIFEST_INVALID,
  MALWARE_FOUND,
  SCAN_UNAVAILABLE
}
