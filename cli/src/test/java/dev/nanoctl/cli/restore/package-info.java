@NullMarked
package dev.nanoctl.cli.restore;

import org.jspecify.annotations.NullMarked;
