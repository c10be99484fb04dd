/** What a text weighs for a query, whichever engine holds the text. */
@NullMarked
package dev.nanoctl.server.search.weigh;

import org.jspecify.annotations.NullMarked;
