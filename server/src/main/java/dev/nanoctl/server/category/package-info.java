/** Categories: a tree of at most three levels that nanos are filed under. */
@NullMarked
package dev.nanoctl.server.category;

import org.jspecify.annotations.NullMarked;
