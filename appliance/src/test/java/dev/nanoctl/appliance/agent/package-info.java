/** Tests of {@code agent}. */
@NullMarked
package dev.nanoctl.appliance.agent;

import org.jspecify.annotations.NullMarked;
