/** Tests of the server as a whole. */
@NullMarked
package dev.nanoctl.server;

import org.jspecify.annotations.NullMarked;
