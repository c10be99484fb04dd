@NullMarked
package dev.nanoctl.server.job;

import org.jspecify.annotations.NullMarked;
