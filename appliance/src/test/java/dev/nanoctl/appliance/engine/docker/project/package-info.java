/** Tests of the rendered Compose project. */
@NullMarked
package dev.nanoctl.appliance.engine.docker.project;

import org.jspecify.annotations.NullMarked;
