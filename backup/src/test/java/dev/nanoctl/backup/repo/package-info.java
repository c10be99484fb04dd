/** Tests of dev.nanoctl.backup.repo. */
@NullMarked
package dev.nanoctl.backup.repo;

import org.jspecify.annotations.NullMarked;
