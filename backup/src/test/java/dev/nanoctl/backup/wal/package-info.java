/** Tests of dev.nanoctl.backup.wal. */
@NullMarked
package dev.nanoctl.backup.wal;

import org.jspecify.annotations.NullMarked;
