/**
 * The HTTP edge: declarative endpoints, the envelope, errors, and what every route has in common.
 */
@NullMarked
package dev.nanoctl.server.http;

import org.jspecify.annotations.NullMarked;
