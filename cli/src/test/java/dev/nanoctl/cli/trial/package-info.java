/** The self-test's way, step by step. */
@NullMarked
package dev.nanoctl.cli.trial;

import org.jspecify.annotations.NullMarked;
