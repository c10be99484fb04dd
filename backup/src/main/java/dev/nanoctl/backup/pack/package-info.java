/** Packs: blocks of files, compressed and sealed, and the maps that say where a block is. */
@NullMarked
package dev.nanoctl.backup.pack;

import org.jspecify.annotations.NullMarked;
