/** Work that outlives its request: stored, resumed, with progress. */
@NullMarked
package dev.nanoctl.server.job;

import org.jspecify.annotations.NullMarked;
