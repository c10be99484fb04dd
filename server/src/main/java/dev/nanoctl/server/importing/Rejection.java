package dev.nanoctl.server.importing;

/**
 * An entry that was not imported.
 *
 * @param entry its path in what is imported
 * @param code a stable code, such as {@code ZIP_BOMB} or {@code VALIDATION_ERROR}
 * @param reason what is wrong and where, one line in English
 */
public record Rejection(String entry, String code, String reason) {}
