/** Tests of {@code process}. */
@NullMarked
package dev.nanoctl.appliance.process;

import org.jspecify.annotations.NullMarked;
