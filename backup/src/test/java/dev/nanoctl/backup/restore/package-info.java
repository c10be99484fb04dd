/** Tests of dev.nanoctl.backup.restore. */
@NullMarked
package dev.nanoctl.backup.restore;

import org.jspecify.annotations.NullMarked;
