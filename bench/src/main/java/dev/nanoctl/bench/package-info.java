/** Benchmarks, one command each, whose results are tables. */
@NullMarked
package dev.nanoctl.bench;

import org.jspecify.annotations.NullMarked;
