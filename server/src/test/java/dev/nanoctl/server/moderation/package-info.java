/** Tests of moderation. */
@NullMarked
package dev.nanoctl.server.moderation;

import org.jspecify.annotations.NullMarked;
