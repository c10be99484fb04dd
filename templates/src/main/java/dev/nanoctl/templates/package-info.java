/** The files nanoctl writes, rendered strictly: a missing value is an error. */
@NullMarked
package dev.nanoctl.templates;

import org.jspecify.annotations.NullMarked;
