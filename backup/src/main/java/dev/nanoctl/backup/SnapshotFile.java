package dev.nanoctl.backup;

import dev.nanoctl.backup.pack.BlockMap;

/**
 * One file of a snapshot and where its content is.
 *
 * @param part which part of the appliance it belongs to
 * @param source its name and attributes
 * @param sha256 of the content, lower-case hexadecimal; empty for files of the database, whose
 *     blocks are hashed one by one
 * @param map where its blocks are
 */
public record SnapshotFile(Part part, SourceFile source, String sha256, BlockMap map) {}
