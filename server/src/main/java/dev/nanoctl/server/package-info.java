/** The marketplace: an HTTP API with one package a feature. */
@NullMarked
package dev.nanoctl.server;

import org.jspecify.annotations.NullMarked;
