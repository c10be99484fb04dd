@NullMarked
package dev.nanoctl.core;

import org.jspecify.annotations.NullMarked;
