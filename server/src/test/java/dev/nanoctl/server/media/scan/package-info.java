/** Malware scanners, one of them a daemon. */
@NullMarked
package dev.nanoctl.server.media.scan;

import org.jspecify.annotations.NullMarked;
