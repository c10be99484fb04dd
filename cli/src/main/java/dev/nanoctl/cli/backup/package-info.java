/** An instance and its backups: what the backup engine is given, and what it is told to do. */
@NullMarked
package dev.nanoctl.cli.backup;

import org.jspecify.annotations.NullMarked;
