@NullMarked
package dev.nanoctl.server.http;

import org.jspecify.annotations.NullMarked;
