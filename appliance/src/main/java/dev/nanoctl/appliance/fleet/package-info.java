/**
 * The containers of the app as a group: scaled, upgraded, rolled back and renewed without a gap.
 */
@NullMarked
package dev.nanoctl.appliance.fleet;

import org.jspecify.annotations.NullMarked;
