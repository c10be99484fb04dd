@NullMarked
package dev.nanoctl.bench.search;

import org.jspecify.annotations.NullMarked;
