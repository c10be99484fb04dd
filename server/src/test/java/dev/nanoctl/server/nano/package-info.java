/** Tests of nanos. */
@NullMarked
package dev.nanoctl.server.nano;

import org.jspecify.annotations.NullMarked;
