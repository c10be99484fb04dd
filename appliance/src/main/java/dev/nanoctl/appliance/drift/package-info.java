/**
 * Rendered files that someone changed: what was rendered, what is there, what would be rendered.
 */
@NullMarked
package dev.nanoctl.appliance.drift;

import org.jspecify.annotations.NullMarked;
