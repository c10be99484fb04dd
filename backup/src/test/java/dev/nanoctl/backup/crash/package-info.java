/** Kills PostgreSQL and the shipper at random, and restores what they left. */
@NullMarked
package dev.nanoctl.backup.crash;

import org.jspecify.annotations.NullMarked;
