/** Moving an instance from one engine to another. */
@NullMarked
package dev.nanoctl.cli.migrate;

import org.jspecify.annotations.NullMarked;
