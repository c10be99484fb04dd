/**
 * Backs a whole appliance up into one encrypted repository, and brings it back.
 *
 * <p>A backup holds the database, the objects, the configuration and the secrets, cut at one point
 * in time. The engine is the same for every way of running an appliance: it reads the database over
 * PostgreSQL's replication protocol, and the objects through {@link
 * dev.nanoctl.backup.ObjectSource}; it writes to a {@link dev.nanoctl.backup.Repository}, which is
 * a directory or a bucket. It knows nothing of containers, of the server or of the command line.
 *
 * <p>What every implementation has to keep:
 *
 * <ul>
 *   <li>No key of a repository is ever overwritten; the same key with other content stops the run.
 *   <li>Write-ahead log is acknowledged to PostgreSQL only up to the end of what is durable in the
 *       repository without a hole; a hole is recorded and ends the window of recovery.
 *   <li>What is there is known from manifests, never from a listing.
 *   <li>A backup is published in this order: packs, write-ahead log up to its end, manifest, head.
 *   <li>A backup that fails a check never makes a good one expire.
 *   <li>A restore goes beside the live data and is switched in by renaming.
 * </ul>
 */
@NullMarked
package dev.nanoctl.backup;

import org.jspecify.annotations.NullMarked;
