@NullMarked
package dev.nanoctl.server.broadcast;

import org.jspecify.annotations.NullMarked;
