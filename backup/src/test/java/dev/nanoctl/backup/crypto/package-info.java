/** Tests of dev.nanoctl.backup.crypto. */
@NullMarked
package dev.nanoctl.backup.crypto;

import org.jspecify.annotations.NullMarked;
