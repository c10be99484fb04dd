/** How the terminal looks: glyphs, colours, columns, progress, errors, JSON. */
@NullMarked
package dev.nanoctl.cli.output;

import org.jspecify.annotations.NullMarked;
