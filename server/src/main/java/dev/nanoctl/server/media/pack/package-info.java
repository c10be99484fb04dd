/** The one validator every package goes through, whichever way it came. */
@NullMarked
package dev.nanoctl.server.media.pack;

import org.jspecify.annotations.NullMarked;
