/** A real PostgreSQL 18 as a child process: its programs, data directory, settings and life. */
@NullMarked
package dev.nanoctl.appliance.postgres;

import org.jspecify.annotations.NullMarked;
