/** Tests of uploads, downloads and previews. */
@NullMarked
package dev.nanoctl.server.media;

import org.jspecify.annotations.NullMarked;
