/** Tests of the object stores. */
@NullMarked
package dev.nanoctl.server.media.store;

import org.jspecify.annotations.NullMarked;
