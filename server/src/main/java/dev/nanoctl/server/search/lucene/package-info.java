/** The search engine inside this process: an index of Lucene's in a directory. */
@NullMarked
package dev.nanoctl.server.search.lucene;

import org.jspecify.annotations.NullMarked;
