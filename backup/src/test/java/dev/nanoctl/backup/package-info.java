/** Tests of dev.nanoctl.backup. */
@NullMarked
package dev.nanoctl.backup;

import org.jspecify.annotations.NullMarked;
