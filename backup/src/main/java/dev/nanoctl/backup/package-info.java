/**
 * Encrypted backups, point-in-time restore and drills. It declares its ports and knows no engine.
 */
@NullMarked
package dev.nanoctl.backup;

import org.jspecify.annotations.NullMarked;
