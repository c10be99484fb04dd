/** The verbs: each is options plus one call of a small interface. */
@NullMarked
package dev.nanoctl.cli.command;

import org.jspecify.annotations.NullMarked;
