@NullMarked
package dev.nanoctl.server.main;

import org.jspecify.annotations.NullMarked;
