package dev.nanoctl.backup;

/**
 * Which database cluster this is, and where its write-ahead log ends now.
 *
 * @param systemId unique to the cluster since {@code initdb}
 * @param timeline which branch of its history it writes
 */
public record DatabaseIdentity(long systemId, int timeline, LogPosition end) {}
