package dev.nanoctl.backup.logical;

/**
 * One change that made the schema what it is.
 *
 * @param version of the schema after it
 * @param checksum of what was run, as its history notes it; empty if it notes none
 */
public record Migration(String version, String checksum) {}
