/** Tests of the templates. */
@NullMarked
package dev.nanoctl.templates;

import org.jspecify.annotations.NullMarked;
