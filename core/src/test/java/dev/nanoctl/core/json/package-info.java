@NullMarked
package dev.nanoctl.core.json;

import org.jspecify.annotations.NullMarked;
