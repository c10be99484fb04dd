/** Runs the server of an instance in this process. */
@NullMarked
package dev.nanoctl.cli.serve;

import org.jspecify.annotations.NullMarked;
