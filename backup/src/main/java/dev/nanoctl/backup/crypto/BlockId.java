package dev.nanoctl.backup.crypto;

/**
 * The keyed hash of a block's content.
 *
 * @param high its first eight bytes, the first of them the highest
 * @param low its last eight bytes
 */
public record BlockId(long high, long low) {}
