/** The self-test's way through a running instance, as its users go it. */
@NullMarked
package dev.nanoctl.cli.trial;

import org.jspecify.annotations.NullMarked;
