/** What tests of the server share: a real database, a real server, a clock that obeys. */
@NullMarked
package dev.nanoctl.server.testing;

import org.jspecify.annotations.NullMarked;
