/** Tests of dev.nanoctl.backup.wire. */
@NullMarked
package dev.nanoctl.backup.wire;

import org.jspecify.annotations.NullMarked;
