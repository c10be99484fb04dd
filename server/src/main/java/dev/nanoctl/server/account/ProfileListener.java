package dev.nanoctl.server.account;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Hears, within the transaction, that people will see an account's name differently. */
@FunctionalInterface
public interface ProfileListener {
  /** The account with this key is called something else now. */
  void renamed(Handle tx, UUID account);
}
