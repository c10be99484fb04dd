package dev.nanoctl.bench.search;

import java.util.Set;

/**
 * A query and the guides it asks for.
 *
 * @param expected numbers of guides; several when they have the same title, or are one guide in two
 *     languages
 */
record GateQuery(GateClass kind, String text, Set<Integer> expected) {}
