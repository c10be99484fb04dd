package dev.nanoctl.server.media.pack;

import java.util.Locale;

/** What a package is made of. */
public enum PackageKind {
  /** Documents, pictures, sound or films without a web page. */
  PLAIN,
  /** Web pages. */
  HTML,
  /** SCORM 1.2. */
  SCORM12,
  /** SCORM 2004, any edition. */
  SCORM2004,
  /** H5P. */
  H5P,
  /** cmi5. */
  CMI5,
  /** IMS Common Cartridge. */
  IMSCC;

  /** The name in the API and in the database. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this label. */
  public static PackageKind ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
