package dev.nanoctl.backup.wire;

import dev.nanoctl.backup.LogPosition;

/**
 * A physical replication slot.
 *
 * @param restart from where on the server keeps log for it
 * @param timeline of that position
 */
public record Slot(String name, LogPosition restart, int timeline) {}
