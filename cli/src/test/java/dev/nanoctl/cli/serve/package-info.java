@NullMarked
package dev.nanoctl.cli.serve;

import org.jspecify.annotations.NullMarked;
