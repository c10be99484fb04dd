@NullMarked
package dev.nanoctl.cli.command;

import org.jspecify.annotations.NullMarked;
