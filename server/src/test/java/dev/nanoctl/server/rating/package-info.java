/** Tests of ratings. */
@NullMarked
package dev.nanoctl.server.rating;

import org.jspecify.annotations.NullMarked;
