/** Places to keep a repository: a directory and a bucket, and what both are measured by. */
@NullMarked
package dev.nanoctl.backup.repo;

import org.jspecify.annotations.NullMarked;
