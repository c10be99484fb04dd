/** Nanos: their fields, life, versions, public list and detail. */
@NullMarked
package dev.nanoctl.server.nano;

import org.jspecify.annotations.NullMarked;
