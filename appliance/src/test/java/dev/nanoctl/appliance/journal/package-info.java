/** Tests of {@code journal}. */
@NullMarked
package dev.nanoctl.appliance.journal;

import org.jspecify.annotations.NullMarked;
