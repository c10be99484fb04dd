@NullMarked
package dev.nanoctl.bench.load;

import org.jspecify.annotations.NullMarked;
