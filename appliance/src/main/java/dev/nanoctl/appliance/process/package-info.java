/** Processes, accounts and ports of this machine, read from {@code /proc}. */
@NullMarked
package dev.nanoctl.appliance.process;

import org.jspecify.annotations.NullMarked;
