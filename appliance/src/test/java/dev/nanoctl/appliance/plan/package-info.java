/** Tests of {@code plan}. */
@NullMarked
package dev.nanoctl.appliance.plan;

import org.jspecify.annotations.NullMarked;
