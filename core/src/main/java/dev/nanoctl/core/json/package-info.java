/** Reading and writing JSON without reflection: the only package that knows the JSON library. */
@NullMarked
package dev.nanoctl.core.json;

import org.jspecify.annotations.NullMarked;
