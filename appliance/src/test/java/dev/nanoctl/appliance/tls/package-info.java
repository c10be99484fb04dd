/** Tests of certificates. */
@NullMarked
package dev.nanoctl.appliance.tls;

import org.jspecify.annotations.NullMarked;
