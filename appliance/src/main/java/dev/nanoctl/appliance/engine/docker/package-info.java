/** The engine that runs an instance as containers of this machine's Docker. */
@NullMarked
package dev.nanoctl.appliance.engine.docker;

import org.jspecify.annotations.NullMarked;
