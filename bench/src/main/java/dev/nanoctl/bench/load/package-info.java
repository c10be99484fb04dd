/** A load of readers and writers that notices every request that fails or is slow. */
@NullMarked
package dev.nanoctl.bench.load;

import org.jspecify.annotations.NullMarked;
