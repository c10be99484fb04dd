package dev.nanoctl.server.media.pack;

/** Every rule a package must keep: its code, what it says and what mends a breach, de and en. */
public enum Rule {
  PACKAGE_TOO_LARGE(
      FindingCode.PAYLOAD_TOO_LARGE,
      "Ein Paket darf höchstens 100 MB groß sein.",
      "A package may have at most 100 MB.",
      "Verkleinere Filme und Bilder oder teile den Inhalt auf mehrere Nanos auf.",
      "Make films and pictures smaller, or spread the content over several nanos."),
  NOT_A_ZIP(
      FindingCode.ZIP_INVALID,
      "Die Datei ist kein ZIP-Archiv.",
      "The file is not a ZIP archive.",
      "Packe den Inhalt als ZIP-Datei und lade diese hoch.",
      "Pack the content as a ZIP file and upload that."),
  TRUNCATED(
      FindingCode.ZIP_INVALID,
      "Das Archiv ist unvollständig: Das Ende fehlt.",
      "The archive is incomplete: its end is missing.",
      "Übertrage die Datei noch einmal oder packe sie neu.",
      "Transfer the file again, or pack it anew."),
  FOREIGN_BYTES(
      FindingCode.ZIP_INVALID,
      "Vor oder hinter dem Archiv stehen fremde Bytes.",
      "There are foreign bytes before or behind the archive.",
      "Packe den Inhalt mit einem gewöhnlichen ZIP-Programm neu.",
      "Pack the content anew with an ordinary ZIP program."),
  CONTRADICTORY(
      FindingCode.ZIP_INVALID,
      "Verzeichnis und Inhalt des Archivs widersprechen sich.",
      "The archive's directory contradicts its content.",
      "Packe den Inhalt mit einem gewöhnlichen ZIP-Programm neu.",
      "Pack the content anew with an ordinary ZIP program."),
  DAMAGED(
      FindingCode.ZIP_INVALID,
      "Der Eintrag ist beschädigt.",
      "The entry is damaged.",
      "Packe das Archiv aus den ursprünglichen Dateien neu.",
      "Pack the archive anew from the original files."),
  UNKNOWN_METHOD(
      FindingCode.ZIP_INVALID,
      "Der Eintrag ist mit einem nicht unterstützten Verfahren gepackt.",
      "The entry is packed by a method that is not supported.",
      "Packe mit dem Verfahren „Deflate“ oder ohne Kompression.",
      "Pack with the method \"deflate\", or without compression."),
  UNREADABLE_NAME(
      FindingCode.ZIP_INVALID,
      "Der Name des Eintrags ist kein gültiges UTF-8.",
      "The entry's name is not valid UTF-8.",
      "Benenne die Datei ohne Sonderzeichen um und packe neu.",
      "Rename the file without special characters and pack anew."),
  EMPTY(
      FindingCode.ZIP_EMPTY,
      "Das Archiv enthält keine Dateien.",
      "The archive holds no files.",
      "Packe die Dateien der Lerneinheit in das Archiv.",
      "Put the files of the learning unit into the archive."),
  ENCRYPTED(
      FindingCode.ZIP_ENCRYPTED,
      "Das Archiv ist mit einem Passwort verschlüsselt.",
      "The archive is encrypted with a password.",
      "Packe den Inhalt ohne Passwort.",
      "Pack the content without a password."),
  UNPACKED_TOO_LARGE(
      FindingCode.ZIP_BOMB,
      "Ausgepackt darf ein Paket höchstens 1 GB groß sein.",
      "Unpacked, a package may have at most 1 GB.",
      "Entferne große Dateien, die nicht gebraucht werden.",
      "Remove large files that are not needed."),
  RATIO(
      FindingCode.ZIP_BOMB,
      "Der Inhalt ist mehr als 100-mal so groß wie das Archiv.",
      "The content is more than 100 times as large as the archive.",
      "Entferne Dateien, die fast nur aus Wiederholungen bestehen.",
      "Remove files that are little but repetition."),
  OVERLAP(
      FindingCode.ZIP_BOMB,
      "Einträge des Archivs teilen sich dieselben Bytes.",
      "Entries of the archive share the same bytes.",
      "Packe den Inhalt mit einem gewöhnlichen ZIP-Programm neu.",
      "Pack the content anew with an ordinary ZIP program."),
  TOO_MANY_ENTRIES(
      FindingCode.ZIP_TOO_MANY_ENTRIES,
      "Ein Paket darf höchstens 2000 Einträge haben.",
      "A package may have at most 2000 entries.",
      "Entferne überflüssige Dateien oder fasse welche zusammen.",
      "Remove files that are not needed, or join some."),
  ENTRY_TOO_LARGE(
      FindingCode.ZIP_ENTRY_TOO_LARGE,
      "Eine Datei darf ausgepackt höchstens 50 MB groß sein.",
      "A file may have at most 50 MB unpacked.",
      "Verkleinere die Datei, etwa durch eine geringere Auflösung.",
      "Make the file smaller, for example by a lower resolution."),
  LEAVES_THE_PACKAGE(
      FindingCode.ZIP_PATH_TRAVERSAL,
      "Der Pfad des Eintrags führt aus dem Paket hinaus.",
      "The entry's path leads out of the package.",
      "Packe mit Pfaden relativ zum Ordner der Lerneinheit, ohne „..“.",
      "Pack with paths relative to the unit's folder, without \"..\"."),
  UNSAFE_NAME(
      FindingCode.ZIP_PATH_TRAVERSAL,
      "Der Name des Eintrags ist nicht auf jedem System sicher.",
      "The entry's name is not safe on every system.",
      "Verwende Buchstaben, Ziffern, Leerzeichen, Punkte und Striche; trenne mit „/“.",
      "Use letters, digits, spaces, dots and dashes; separate with \"/\"."),
  SYMLINK(
      FindingCode.ZIP_SYMLINK,
      "Verknüpfungen und Gerätedateien sind nicht erlaubt.",
      "Links and device files are not allowed.",
      "Ersetze die Verknüpfung durch die Datei selbst.",
      "Replace the link by the file itself."),
  DUPLICATE(
      FindingCode.ZIP_DUPLICATE,
      "Zwei Einträge haben denselben Namen (Groß- und Kleinschreibung zählt nicht).",
      "Two entries have the same name (case does not count).",
      "Benenne eine der Dateien um.",
      "Rename one of the files."),
  NESTED(
      FindingCode.ZIP_NESTED,
      "Ein Archiv im Archiv ist nicht erlaubt.",
      "An archive within the archive is not allowed.",
      "Packe den Inhalt des inneren Archivs direkt ein.",
      "Put the content of the inner archive in directly."),
  FORBIDDEN_TYPE(
      FindingCode.ZIP_FORBIDDEN_TYPE,
      "Ausführbare Dateien sind nicht erlaubt.",
      "Executable files are not allowed.",
      "Entferne die Datei; verlinke Programme statt sie beizulegen.",
      "Remove the file; link to programs instead of enclosing them."),
  NO_CONTENT(
      FindingCode.ZIP_NO_CONTENT,
      "Das Paket enthält nichts, was sich öffnen lässt.",
      "The package holds nothing that can be opened.",
      "Lege eine index.html oder ein Dokument (PDF, Film, Bild, Text) hinein.",
      "Add an index.html or a document (PDF, film, picture, text)."),
  MALFORMED_JSON(
      FindingCode.MANIFEST_INVALID,
      "Die Datei ist kein gültiges JSON.",
      "The file is not valid JSON.",
      "Exportiere das Paket neu oder berichtige die Datei.",
      "Export the package anew, or correct the file."),
  MALFORMED_XML(
      FindingCode.MANIFEST_INVALID,
      "Die Datei ist kein gültiges XML.",
      "The file is not valid XML.",
      "Exportiere das Paket neu oder berichtige die Datei.",
      "Export the package anew, or correct the file."),
  XML_WITH_DTD(
      FindingCode.MANIFEST_INVALID,
      "Eine Dokumenttyp-Deklaration (DTD) ist im Manifest nicht erlaubt.",
      "A document type declaration (DTD) is not allowed in the manifest.",
      "Entferne die Zeile, die mit <!DOCTYPE beginnt.",
      "Remove the line that begins with <!DOCTYPE."),
  MANIFEST_FIELD(
      FindingCode.MANIFEST_INVALID,
      "Eine Angabe im Manifest fehlt oder ist ungültig.",
      "A statement in the manifest is missing or invalid.",
      "Exportiere das Paket neu oder ergänze die Angabe.",
      "Export the package anew, or complete the statement."),
  MISSING_FILE(
      FindingCode.MANIFEST_INVALID,
      "Eine im Manifest genannte Datei fehlt im Paket.",
      "A file that the manifest names is missing from the package.",
      "Lege die Datei bei oder berichtige den Verweis.",
      "Add the file, or correct the reference."),
  H5P_FOLDER(
      FindingCode.MANIFEST_INVALID,
      "Der Ordner einer H5P-Bibliothek heißt nicht wie die Bibliothek und ihre Version.",
      "The folder of an H5P library is not named after the library and its version.",
      "Exportiere das H5P-Paket neu.",
      "Export the H5P package anew."),
  H5P_LANGUAGE(
      FindingCode.MANIFEST_INVALID,
      "Der Name einer Sprachdatei ist kein Sprachkürzel.",
      "The name of a language file is not a language code.",
      "Benenne die Datei nach der Sprache, etwa de.json.",
      "Name the file after the language, for example de.json."),
  H5P_LIBRARY(
      FindingCode.MANIFEST_INVALID,
      "Eine benötigte H5P-Bibliothek fehlt im Paket.",
      "An H5P library that is needed is missing from the package.",
      "Exportiere das H5P-Paket mit allen Bibliotheken.",
      "Export the H5P package with all its libraries."),
  H5P_CORE(
      FindingCode.MANIFEST_INVALID,
      "Eine H5P-Bibliothek verlangt eine neuere H5P-Version, als hier unterstützt wird.",
      "An H5P library needs a newer version of H5P than is supported here.",
      "Exportiere das Paket mit einer älteren Version des Inhaltstyps.",
      "Export the package with an older version of the content type."),
  MALWARE(
      FindingCode.MALWARE_FOUND,
      "Die Datei enthält die Signatur einer Schadsoftware.",
      "The file holds the signature of malware.",
      "Entferne die Datei und prüfe deinen Rechner.",
      "Remove the file and check your computer."),
  NOT_SCANNED(
      FindingCode.SCAN_UNAVAILABLE,
      "Der Virenscanner antwortet nicht; ungeprüft kommt nichts herein.",
      "The malware scanner does not answer; nothing comes in unchecked.",
      "Versuche es später noch einmal; was hochgeladen ist, bleibt 24 Stunden erhalten.",
      "Try again later; what was uploaded is kept for 24 hours.");

  private final FindingCode code;
  private final String ruleDe;
  private final String ruleEn;
  private final String remedyDe;
  private final String remedyEn;

  Rule(FindingCode code, String ruleDe, String ruleEn, String remedyDe, String remedyEn) {
    this.code = code;
    this.ruleDe = ruleDe;
    this.ruleEn = ruleEn;
    this.remedyDe = remedyDe;
    this.remedyEn = remedyEn;
  }

  /** The code that programs see. */
  public FindingCode code() {
    return code;
  }

  /** The rule in German. */
  public String ruleDe() {
    return ruleDe;
  }

  /** The rule in English. */
  public String ruleEn() {
    return ruleEn;
  }

  /** What to do, in German. */
  public String remedyDe() {
    return remedyDe;
  }

  /** What to do, in English. */
  public String remedyEn() {
    return remedyEn;
  }
}
