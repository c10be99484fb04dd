/** Whether search finds what people mean, and how fast: the gate every engine has to pass. */
@NullMarked
package dev.nanoctl.bench.search;

import org.jspecify.annotations.NullMarked;
