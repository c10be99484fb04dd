package dev.nanoctl.server.media.pack;

/**
 * What came of validating a package.
 *
 * @param report what was found out
 * @param text the words of the package, at most 100,000 characters; empty if it is refused
 */
public record Validation(ValidationReport report, String text) {}
