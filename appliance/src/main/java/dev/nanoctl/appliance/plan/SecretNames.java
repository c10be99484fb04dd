package dev.nanoctl.appliance.plan;

import java.util.List;

/** The secrets an instance has, each a file of that name. */
public final class SecretNames {
  /** The database superuser's password. */
  public static final String POSTGRES = "postgres-password";

  /** The password of the application's database role. */
  public static final String DATABASE = "database-password";

  /** Signs access tokens. */
  public static final String TOKENS = "token-key";

  /** Signs cursors, download tickets and other short-lived links. */
  public static final String LINKS = "link-key";

  /** Keys the chain of the audit log. */
  public static final String AUDIT = "audit-key";

  /** All of them. */
  public static final List<String> ALL = List.of(POSTGRES, DATABASE, TOKENS, LINKS, AUDIT);

  private SecretNames() {}
}
