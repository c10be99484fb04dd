@NullMarked
package dev.nanoctl.server.search.lucene;

import org.jspecify.annotations.NullMarked;
