/** Restored clusters in containers and volumes of their own, and how they replace a live one. */
@NullMarked
package dev.nanoctl.appliance.engine.docker.spare;

import org.jspecify.annotations.NullMarked;
