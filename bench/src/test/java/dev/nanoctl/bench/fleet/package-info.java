@NullMarked
package dev.nanoctl.bench.fleet;

import org.jspecify.annotations.NullMarked;
