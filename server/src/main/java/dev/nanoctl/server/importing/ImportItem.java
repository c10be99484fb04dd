package dev.nanoctl.server.importing;

import java.nio.file.Path;

/**
 * One thing to import.
 *
 * @param entry what it is called in messages: its path below what is imported
 * @param path where it lies
 * @param isFolder whether it is a guide's folder rather than a package
 */
record ImportItem(String entry, Path path, boolean isFolder) {}
