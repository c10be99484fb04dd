@NullMarked
package dev.nanoctl.server.account;

import org.jspecify.annotations.NullMarked;
