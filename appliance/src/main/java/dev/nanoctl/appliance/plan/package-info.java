/** Plans: what an operation will do, as values. Nothing here touches the machine. */
@NullMarked
package dev.nanoctl.appliance.plan;

import org.jspecify.annotations.NullMarked;
