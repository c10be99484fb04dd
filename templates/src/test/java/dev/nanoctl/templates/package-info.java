/** Tests of dev.nanoctl.templates. */
@NullMarked
package dev.nanoctl.templates;

import org.jspecify.annotations.NullMarked;
