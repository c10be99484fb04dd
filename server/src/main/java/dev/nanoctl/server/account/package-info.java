/** Accounts: sign-up, sign-in, sessions, roles. */
@NullMarked
package dev.nanoctl.server.account;

import org.jspecify.annotations.NullMarked;
