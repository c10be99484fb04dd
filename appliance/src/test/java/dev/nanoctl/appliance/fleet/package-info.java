@NullMarked
package dev.nanoctl.appliance.fleet;

import org.jspecify.annotations.NullMarked;
