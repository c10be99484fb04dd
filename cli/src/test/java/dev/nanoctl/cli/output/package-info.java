@NullMarked
package dev.nanoctl.cli.output;

import org.jspecify.annotations.NullMarked;
