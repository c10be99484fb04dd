package dev.nanoctl.backup.logical;

/**
 * Where a sequence stands.
 *
 * @param name without its schema
 * @param last its value
 * @param called whether that was given out already
 */
public record Sequence(String name, long last, boolean called) {}
