/** Tests of {@code drift}. */
@NullMarked
package dev.nanoctl.appliance.drift;

import org.jspecify.annotations.NullMarked;
