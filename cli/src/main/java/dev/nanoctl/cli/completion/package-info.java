/** Scripts with which shells complete nanoctl's commands and options. */
@NullMarked
package dev.nanoctl.cli.completion;

import org.jspecify.annotations.NullMarked;
