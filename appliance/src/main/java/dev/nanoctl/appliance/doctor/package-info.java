/** Checks of the machine and the instance: facts are gathered once, then judged as values. */
@NullMarked
package dev.nanoctl.appliance.doctor;

import org.jspecify.annotations.NullMarked;
