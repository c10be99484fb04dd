@NullMarked
package dev.nanoctl.cli.drill;

import org.jspecify.annotations.NullMarked;
