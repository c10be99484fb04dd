package dev.nanoctl.server.media.store;

import java.time.Instant;

/**
 * What a store knows of an object without reading it.
 *
 * @param key its name
 * @param size its length in bytes
 * @param modified when it was written
 */
public record StoredObject(ObjectKey key, long size, Instant modified) {}
