/** What this machine has: memory, processors, disks, ports, clock. */
@NullMarked
package dev.nanoctl.appliance.machine;

import org.jspecify.annotations.NullMarked;
