/**
 * What {@code bench/run-http} needs beside the product: content in quantity, and an upper limit.
 */
@NullMarked
package dev.nanoctl.bench.http;

import org.jspecify.annotations.NullMarked;
