/** Tests of dev.nanoctl.backup.manifest. */
@NullMarked
package dev.nanoctl.backup.manifest;

import org.jspecify.annotations.NullMarked;
