package dev.nanoctl.appliance.support;

/**
 * One text of a support bundle.
 *
 * @param name its path in the bundle, such as {@code logs/app.log}
 */
public record SupportFile(String name, String text) {}
