/** The backup engine on its own, to be timed beside other tools. */
@NullMarked
package dev.nanoctl.bench.backup;

import org.jspecify.annotations.NullMarked;
