/** Tests of categories. */
@NullMarked
package dev.nanoctl.server.category;

import org.jspecify.annotations.NullMarked;
