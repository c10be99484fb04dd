/** Tests of the package validator. */
@NullMarked
package dev.nanoctl.server.media.pack;

import org.jspecify.annotations.NullMarked;
