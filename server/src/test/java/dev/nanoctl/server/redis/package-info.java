@NullMarked
package dev.nanoctl.server.redis;

import org.jspecify.annotations.NullMarked;
