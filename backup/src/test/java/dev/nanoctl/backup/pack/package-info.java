/** Tests of dev.nanoctl.backup.pack. */
@NullMarked
package dev.nanoctl.backup.pack;

import org.jspecify.annotations.NullMarked;
