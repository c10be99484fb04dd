/** Tests of {@code machine}. */
@NullMarked
package dev.nanoctl.appliance.machine;

import org.jspecify.annotations.NullMarked;
