/** Restores backups to see that they can be, and says what was found. */
@NullMarked
package dev.nanoctl.cli.drill;

import org.jspecify.annotations.NullMarked;
