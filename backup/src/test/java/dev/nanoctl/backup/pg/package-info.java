/** Real PostgreSQL servers for tests. */
@NullMarked
package dev.nanoctl.backup.pg;

import org.jspecify.annotations.NullMarked;
