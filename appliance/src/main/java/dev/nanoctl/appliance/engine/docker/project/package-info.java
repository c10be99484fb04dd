/** The Compose project of an instance, as text: values in, files out. */
@NullMarked
package dev.nanoctl.appliance.engine.docker.project;

import org.jspecify.annotations.NullMarked;
