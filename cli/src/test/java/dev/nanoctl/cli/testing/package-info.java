@NullMarked
package dev.nanoctl.cli.testing;

import org.jspecify.annotations.NullMarked;
