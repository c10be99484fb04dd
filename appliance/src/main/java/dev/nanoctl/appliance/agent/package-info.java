/** The agent: keeps PostgreSQL and the server running, and tells how they are. */
@NullMarked
package dev.nanoctl.appliance.agent;

import org.jspecify.annotations.NullMarked;
