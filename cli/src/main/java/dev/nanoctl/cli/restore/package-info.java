/** Brings an instance's data back from a repository: restores, drills, recovery. */
@NullMarked
package dev.nanoctl.cli.restore;

import org.jspecify.annotations.NullMarked;
