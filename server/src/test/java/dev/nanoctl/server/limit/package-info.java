@NullMarked
package dev.nanoctl.server.limit;

import org.jspecify.annotations.NullMarked;
