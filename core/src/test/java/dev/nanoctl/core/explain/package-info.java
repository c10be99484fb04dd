@NullMarked
package dev.nanoctl.core.explain;

import org.jspecify.annotations.NullMarked;
