/**
 * A double of Meilisearch 1.50 for tests: what the product uses of its HTTP API, held to answers
 * that were recorded from a real server. It needs nothing but a JDK, so that it also runs as a
 * container.
 */
@NullMarked
package dev.nanoctl.server.search.meili.fake;

import org.jspecify.annotations.NullMarked;
