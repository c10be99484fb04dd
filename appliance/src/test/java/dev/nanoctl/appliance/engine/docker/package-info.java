@NullMarked
package dev.nanoctl.appliance.engine.docker;

import org.jspecify.annotations.NullMarked;
