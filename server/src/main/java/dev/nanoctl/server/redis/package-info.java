/** The line to a Redis server; its adapters live with the ports they implement. */
@NullMarked
package dev.nanoctl.server.redis;

import org.jspecify.annotations.NullMarked;
