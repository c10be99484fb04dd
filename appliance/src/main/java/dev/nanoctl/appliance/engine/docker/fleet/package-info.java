/** How the containers of one instance are scaled, replaced, copied and rehearsed with Docker. */
@NullMarked
package dev.nanoctl.appliance.engine.docker.fleet;

import org.jspecify.annotations.NullMarked;
