/** What every error code means: its cause, its consequence, and what to do. */
@NullMarked
package dev.nanoctl.core.explain;

import org.jspecify.annotations.NullMarked;
