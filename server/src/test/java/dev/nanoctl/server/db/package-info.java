@NullMarked
package dev.nanoctl.server.db;

import org.jspecify.annotations.NullMarked;
