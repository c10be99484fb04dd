/** Tests of support bundles. */
@NullMarked
package dev.nanoctl.appliance.support;

import org.jspecify.annotations.NullMarked;
