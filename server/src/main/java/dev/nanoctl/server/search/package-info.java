/** Finding nanos: the port every search engine implements, its wiring and its routes. */
@NullMarked
package dev.nanoctl.server.search;

import org.jspecify.annotations.NullMarked;
