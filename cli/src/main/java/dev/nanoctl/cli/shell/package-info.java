/** The prompt of {@code nanoctl shell}. */
@NullMarked
package dev.nanoctl.cli.shell;

import org.jspecify.annotations.NullMarked;
