/** The command line, and the only place where the parts are put together. */
@NullMarked
package dev.nanoctl.cli;

import org.jspecify.annotations.NullMarked;
