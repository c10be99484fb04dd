/** Installs, runs, watches and removes an appliance on this machine. */
@NullMarked
package dev.nanoctl.appliance;

import org.jspecify.annotations.NullMarked;
