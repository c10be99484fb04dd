/** Tests of {@code doctor}. */
@NullMarked
package dev.nanoctl.appliance.doctor;

import org.jspecify.annotations.NullMarked;
