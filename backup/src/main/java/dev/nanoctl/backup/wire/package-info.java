/**
 * A small client of PostgreSQL's wire protocol, version 3.0, for what a JDBC driver cannot do:
 * {@code BASE_BACKUP}, and physical streaming on a chosen timeline with status messages of our own.
 */
@NullMarked
package dev.nanoctl.backup.wire;

import org.jspecify.annotations.NullMarked;
