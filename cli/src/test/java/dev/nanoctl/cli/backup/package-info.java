@NullMarked
package dev.nanoctl.cli.backup;

import org.jspecify.annotations.NullMarked;
