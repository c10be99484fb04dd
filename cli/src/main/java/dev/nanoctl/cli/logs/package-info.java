/** Reading the services' log files. */
@NullMarked
package dev.nanoctl.cli.logs;

import org.jspecify.annotations.NullMarked;
