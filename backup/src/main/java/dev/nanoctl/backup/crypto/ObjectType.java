package dev.nanoctl.backup.crypto;

/** What a sealed object is; part of what is authenticated, so that none passes for another. */
public enum ObjectType {
  /** Blocks of files. */
  PACK(1, "pack"),
  /** What a snapshot consists of. */
  MANIFEST(2, "manifest"),
  /** Write-ahead log. */
  WAL(3, "wal"),
  /** Anything small that describes the log, such as a gap. */
  NOTE(4, "note");

  private final int code;
  private final String label;

  ObjectType(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The byte in an object's header. */
  int code() {
    return code;
  }

  /** The word in what is authenticated. */
  String label() {
    return label;
  }
}
