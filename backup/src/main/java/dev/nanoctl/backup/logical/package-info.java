/** Backups of a database by what its tables hold, where its files and its log are out of reach. */
@NullMarked
package dev.nanoctl.backup.logical;

import org.jspecify.annotations.NullMarked;
