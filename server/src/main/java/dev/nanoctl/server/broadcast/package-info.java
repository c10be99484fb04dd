/** What the servers of a site tell each other. */
@NullMarked
package dev.nanoctl.server.broadcast;

import org.jspecify.annotations.NullMarked;
