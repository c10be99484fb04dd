/** Tests of bulk imports. */
@NullMarked
package dev.nanoctl.server.importing;

import org.jspecify.annotations.NullMarked;
