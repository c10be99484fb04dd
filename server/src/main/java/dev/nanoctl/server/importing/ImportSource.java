package dev.nanoctl.server.importing;

import java.nio.file.Path;

/**
 * What to import: a {@code .tar.gz} of guide folders, such a folder, a ZIP or H5P package, or a
 * folder of packages. What it is, the import finds out by looking.
 *
 * @param path a file or a folder
 */
public record ImportSource(Path path) {}
