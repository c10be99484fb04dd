/** The append-only, hash-chained audit log. */
@NullMarked
package dev.nanoctl.server.audit;

import org.jspecify.annotations.NullMarked;
