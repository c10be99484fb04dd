/** What tests of several packages do alike. */
@NullMarked
package dev.nanoctl.backup.testing;

import org.jspecify.annotations.NullMarked;
