/** Tests of dev.nanoctl.backup.base. */
@NullMarked
package dev.nanoctl.backup.base;

import org.jspecify.annotations.NullMarked;
