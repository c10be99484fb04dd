/** How often a caller may do something. */
@NullMarked
package dev.nanoctl.server.limit;

import org.jspecify.annotations.NullMarked;
