/** Bulk import of guides and packages, idempotent and resumable. */
@NullMarked
package dev.nanoctl.server.importing;

import org.jspecify.annotations.NullMarked;
