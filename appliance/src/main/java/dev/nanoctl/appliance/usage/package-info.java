/** How much an instance is used: requests, database, disk, and how long the disk will last. */
@NullMarked
package dev.nanoctl.appliance.usage;

import org.jspecify.annotations.NullMarked;
