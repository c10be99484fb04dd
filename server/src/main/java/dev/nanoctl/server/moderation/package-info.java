/** Moderation: the review queue, decisions, take-downs. */
@NullMarked
package dev.nanoctl.server.moderation;

import org.jspecify.annotations.NullMarked;
