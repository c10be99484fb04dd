/** Work on an instance's data beside its running server: accounts, imports, upkeep. */
@NullMarked
package dev.nanoctl.cli.data;

import org.jspecify.annotations.NullMarked;
