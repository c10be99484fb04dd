/** Tests of dev.nanoctl.appliance. */
@NullMarked
package dev.nanoctl.appliance;

import org.jspecify.annotations.NullMarked;
