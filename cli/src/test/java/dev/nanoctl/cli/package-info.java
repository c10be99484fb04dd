@NullMarked
package dev.nanoctl.cli;

import org.jspecify.annotations.NullMarked;
