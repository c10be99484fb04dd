/** The search index by Meilisearch. */
@NullMarked
package dev.nanoctl.server.search.meili;

import org.jspecify.annotations.NullMarked;
