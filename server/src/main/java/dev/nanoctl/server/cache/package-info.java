/** Rendered answers kept until what they show changes. */
@NullMarked
package dev.nanoctl.server.cache;

import org.jspecify.annotations.NullMarked;
