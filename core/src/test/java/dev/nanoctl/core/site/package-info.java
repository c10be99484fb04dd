@NullMarked
package dev.nanoctl.core.site;

import org.jspecify.annotations.NullMarked;
