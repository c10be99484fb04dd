/** Keys, sealing and signing: what a repository's owner has and its keeper has not. */
@NullMarked
package dev.nanoctl.backup.crypto;

import org.jspecify.annotations.NullMarked;
