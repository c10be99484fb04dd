/** Snapshots and the journal that says which there are; what expires, and how it is removed. */
@NullMarked
package dev.nanoctl.backup.manifest;

import org.jspecify.annotations.NullMarked;
