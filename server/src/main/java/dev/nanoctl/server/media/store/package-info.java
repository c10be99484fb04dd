/** Where the bytes live: one port, one adapter for a directory and one for S3. */
@NullMarked
package dev.nanoctl.server.media.store;

import org.jspecify.annotations.NullMarked;
