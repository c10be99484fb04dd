@NullMarked
package dev.nanoctl.server.outbox;

import org.jspecify.annotations.NullMarked;
