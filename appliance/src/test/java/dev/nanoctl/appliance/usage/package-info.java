/** Tests of {@code usage}. */
@NullMarked
package dev.nanoctl.appliance.usage;

import org.jspecify.annotations.NullMarked;
