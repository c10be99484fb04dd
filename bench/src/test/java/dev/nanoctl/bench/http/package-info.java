/** Tests of the benchmarks' own parts. */
@NullMarked
package dev.nanoctl.bench.http;

import org.jspecify.annotations.NullMarked;
