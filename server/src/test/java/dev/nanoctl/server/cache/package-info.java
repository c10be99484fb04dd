@NullMarked
package dev.nanoctl.server.cache;

import org.jspecify.annotations.NullMarked;
