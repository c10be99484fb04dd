/** The database: pool, migrations, transactions. */
@NullMarked
package dev.nanoctl.server.db;

import org.jspecify.annotations.NullMarked;
