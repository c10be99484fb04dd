/** Brings a cluster back beside the live one, from a snapshot and the log that follows it. */
@NullMarked
package dev.nanoctl.backup.restore;

import org.jspecify.annotations.NullMarked;
