/** The journal and the lock that make an operation survive {@code kill -9}. */
@NullMarked
package dev.nanoctl.appliance.journal;

import org.jspecify.annotations.NullMarked;
