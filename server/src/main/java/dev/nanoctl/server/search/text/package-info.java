/**
 * What words mean to a search, whichever engine looks them up: folding, stems, compounds, typing
 * errors and synonyms, German first.
 */
@NullMarked
package dev.nanoctl.server.search.text;

import org.jspecify.annotations.NullMarked;
