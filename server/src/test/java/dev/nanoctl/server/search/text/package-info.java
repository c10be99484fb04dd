@NullMarked
package dev.nanoctl.server.search.text;

import org.jspecify.annotations.NullMarked;
