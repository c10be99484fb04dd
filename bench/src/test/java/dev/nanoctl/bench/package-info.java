/** Tests of the benchmarks' own parts. */
@NullMarked
package dev.nanoctl.bench;

import org.jspecify.annotations.NullMarked;
