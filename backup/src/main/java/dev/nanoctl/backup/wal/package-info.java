/**
 * Ships write-ahead log to the repository as it is written, and lets the server forget it only when
 * it is durable there without a hole.
 */
@NullMarked
package dev.nanoctl.backup.wal;

import org.jspecify.annotations.NullMarked;
