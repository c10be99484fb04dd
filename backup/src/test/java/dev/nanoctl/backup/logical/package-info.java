@NullMarked
package dev.nanoctl.backup.logical;

import org.jspecify.annotations.NullMarked;
