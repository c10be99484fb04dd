/** Tests of the appliance as a whole. */
@NullMarked
package dev.nanoctl.appliance;

import org.jspecify.annotations.NullMarked;
