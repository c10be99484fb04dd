/**
 * Installs and runs an instance: plans as values, a journal, and the engines that carry them out.
 */
@NullMarked
package dev.nanoctl.appliance;

import org.jspecify.annotations.NullMarked;
