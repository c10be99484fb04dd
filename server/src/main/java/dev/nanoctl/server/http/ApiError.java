package dev.nanoctl.server.http;

/**
 * Every error the API answers with: a stable code, its status, and a message in both languages.
 *
 * <p>The name of the constant is the code clients see.
 */
public enum ApiError {
  VALIDATION_ERROR(422, "Bitte prüfe deine Eingaben.", "Please check what you entered."),
  BAD_REQUEST(400, "Die Anfrage ist fehlerhaft.", "The request is malformed."),
  UNAUTHORIZED(401, "Bitte melde dich an.", "Please sign in."),
  TOKEN_EXPIRED(401, "Deine Anmeldung ist abgelaufen.", "Your session has expired."),
  MFA_INVALID(401, "Der Code stimmt nicht.", "The code is not valid."),
  FORBIDDEN(403, "Das darfst du nicht.", "You are not allowed to do this."),
  MFA_REQUIRED(403, "Dafür ist ein zweiter Faktor nötig.", "This needs a second factor."),
  EMAIL_NOT_VERIFIED(
      403, "Bitte bestätige zuerst deine E-Mail-Adresse.", "Please verify your address first."),
  CSRF_FAILED(
      403,
      "Die Anfrage kam nicht von dieser Anwendung. Bitte lade die Seite neu.",
      "The request did not come from this application. Please reload the page."),
  ACCOUNT_SUSPENDED(403, "Dieses Konto ist gesperrt.", "This account is suspended."),
  ENTITLEMENT_REQUIRED(
      403, "Dieses Nano musst du erst eintauschen.", "You need to swap for this Nano first."),
  NOT_FOUND(404, "Das gibt es hier nicht.", "There is nothing here."),
  METHOD_NOT_ALLOWED(
      405, "Diese Methode gibt es hier nicht.", "This method is not supported here."),
  CONFLICT(409, "Das widerspricht dem aktuellen Stand.", "This conflicts with the current state."),
  ALREADY_RATED(409, "Du hast schon bewertet.", "You have already rated this."),
  INVALID_TRANSITION(
      409, "Das ist im jetzigen Zustand nicht möglich.", "This is not possible in this state."),
  VERSION_EXISTS(409, "Diese Version gibt es schon.", "This version exists already."),
  GONE(410, "Das ist nicht mehr verfügbar.", "This is no longer available."),
  LENGTH_REQUIRED(411, "Die Länge der Anfrage fehlt.", "The length of the request is missing."),
  PRECONDITION_FAILED(
      412,
      "Der Eintrag wurde inzwischen geändert. Bitte lade ihn neu.",
      "The entry was changed in the meantime. Please reload it."),
  PAYLOAD_TOO_LARGE(413, "Die Anfrage ist zu groß.", "The request is too large."),
  URI_TOO_LONG(414, "Die Adresse ist zu lang.", "The address is too long."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "Dieser Inhaltstyp wird nicht verstanden.", "This content type is not understood."),
  RANGE_NOT_SATISFIABLE(
      416, "Diesen Bereich hat die Datei nicht.", "The file does not have this range."),
  ACCOUNT_LOCKED(
      423,
      "Zu viele Fehlversuche. Das Konto ist vorübergehend gesperrt.",
      "Too many failed attempts. The account is locked for a while."),
  RATE_LIMITED(
      429, "Zu viele Anfragen. Bitte warte kurz.", "Too many requests. Please wait a moment."),
  HEADERS_TOO_LARGE(
      431, "Die Kopfzeilen sind zu groß.", "The request's header fields are too large."),
  INTERNAL(500, "Da ist bei uns etwas schiefgegangen.", "Something went wrong on our side."),
  DEPENDENCY_DOWN(
      503,
      "Ein Dienst ist gerade nicht erreichbar. Bitte versuche es gleich noch einmal.",
      "A service is not reachable right now. Please try again in a moment."),
  ZIP_INVALID(422, "Die Datei ist kein gültiges ZIP.", "The file is not a valid ZIP."),
  ZIP_EMPTY(422, "Das Paket ist leer.", "The package is empty."),
  ZIP_ENCRYPTED(422, "Das Paket ist verschlüsselt.", "The package is encrypted."),
  ZIP_BOMB(422, "Das Paket ist entpackt zu groß.", "The package is too large when unpacked."),
  ZIP_TOO_MANY_ENTRIES(
      422, "Das Paket enthält zu viele Dateien.", "The package has too many files."),
  ZIP_ENTRY_TOO_LARGE(
      422, "Eine Datei im Paket ist zu groß.", "A file in the package is too large."),
  ZIP_PATH_TRAVERSAL(
      422, "Ein Pfad im Paket führt hinaus.", "A path in the package leads outside of it."),
  ZIP_SYMLINK(422, "Das Paket enthält Verweise.", "The package contains links."),
  ZIP_DUPLICATE(422, "Ein Name kommt doppelt vor.", "A name appears twice."),
  ZIP_NESTED(422, "Das Paket enthält Archive.", "The package contains archives."),
  ZIP_FORBIDDEN_TYPE(422, "Ein Dateityp ist nicht erlaubt.", "A file type is not allowed."),
  ZIP_NO_CONTENT(422, "Das Paket hat keinen Inhalt.", "The package has no content."),
  MANIFEST_INVALID(
      422, "Die Beschreibung im Paket ist ungültig.", "The package's manifest is invalid."),
  MALWARE_FOUND(422, "Das Paket enthält Schadsoftware.", "The package contains malware.");

  private final int status;
  private final String german;
  private final String english;

  ApiError(int status, String german, String english) {
    this.status = status;
    this.german = german;
    this.english = english;
  }

  /** The HTTP status that goes with the code. */
  public int status() {
    return status;
  }

  /** What a person reads when nothing more exact is known. */
  public String message(Language language) {
    return language.pick(german, english);
  }
}
