@NullMarked
package dev.nanoctl.appliance.engine.docker.spare;

import org.jspecify.annotations.NullMarked;
