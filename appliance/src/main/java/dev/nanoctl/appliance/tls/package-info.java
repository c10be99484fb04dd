/** The certificate that the server shows. */
@NullMarked
package dev.nanoctl.appliance.tls;

import org.jspecify.annotations.NullMarked;
