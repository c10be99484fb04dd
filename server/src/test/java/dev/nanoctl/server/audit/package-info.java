@NullMarked
package dev.nanoctl.server.audit;

import org.jspecify.annotations.NullMarked;
