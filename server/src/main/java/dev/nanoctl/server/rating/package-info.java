/** Ratings: one a user and nano, with a reply of the creator. */
@NullMarked
package dev.nanoctl.server.rating;

import org.jspecify.annotations.NullMarked;
