/** Tests of the PostgreSQL launcher. */
@NullMarked
package dev.nanoctl.appliance.postgres;

import org.jspecify.annotations.NullMarked;
