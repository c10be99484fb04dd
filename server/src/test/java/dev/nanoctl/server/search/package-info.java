@NullMarked
package dev.nanoctl.server.search;

import org.jspecify.annotations.NullMarked;
