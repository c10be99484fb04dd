/** Looking for malware in what people upload. */
@NullMarked
package dev.nanoctl.server.media.scan;

import org.jspecify.annotations.NullMarked;
