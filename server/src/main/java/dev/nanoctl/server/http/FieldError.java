package dev.nanoctl.server.http;

/**
 * One thing wrong with one field of a request.
 *
 * @param field the path of the field, such as {@code objectives[2]}
 * @param code stable, such as {@code too_short}
 * @param german the message in German
 * @param english the message in English
 */
public record FieldError(String field, String code, String german, String english) {
  /** A required field is not there. */
  public static FieldError required(String field) {
    return new FieldError(field, "required", "Bitte ausfüllen.", "This is required.");
  }

  /** The same problem told of a field further up. */
  FieldError under(String parent) {
    String path = field.isEmpty() || field.startsWith("[") ? parent + field : parent + "." + field;
    return new FieldError(path, code, german, english);
  }

  /** The message in the given language. */
  public String message(Language language) {
    return language.pick(german, english);
  }
}
