package dev.nanoctl.server.account;

import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.http.Role;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Accounts that a self-test makes for some seconds. Their addresses end with a domain that nobody
 * else can have, so that those of a test that was killed are found again.
 */
public final class TrialAccounts {
  /** The domain of their addresses. No e-mail can ever go there. */
  public static final String DOMAIN = "self-test.invalid";

  private static final String ENDING = "@" + DOMAIN;
  private static final int PASSWORD_BYTES = 24;
  private static final int NAME_BYTES = 5;
  private static final JsonObject PURPOSE =
      JsonObject.builder().put("purpose", "self-test").build();

  /** An account, and the password that is known to nobody else and is kept nowhere. */
  public record Made(Account account, Secret password) {}

  private final Jdbi jdbi;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final SecureRandom random = new SecureRandom();
  private final AccountStore store = new AccountStore();
  private final SessionStore sessions = new SessionStore();
  private final PasswordHashes hashes = new PasswordHashes();

  /** Those in the given database. */
  public TrialAccounts(Jdbi jdbi, Audit audit, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /** Whether that address is one that only a self-test may have. */
  static boolean isReserved(String email) {
    return email.strip().toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /** Makes one that can sign in at once. */
  public Made make(Role role) {
    var password = new byte[PASSWORD_BYTES];
    random.nextBytes(password);
    var secret = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(password));
    var name = new byte[NAME_BYTES];
    random.nextBytes(name);
    String username = "selftest_" + HexFormat.of().formatHex(name);
    var account =
        new Account(
            ids.get(),
            username + ENDING,
            username,
            role,
            AccountStatus.ACTIVE,
            new Account.Profile("nanoctl", "self-test", null, null, null, Language.DE),
            clock.instant(),
            1);
    String hash = hashes.hash(secret);
    jdbi.useTransaction(tx -> {
      if (!store.insert(tx, account, hash)) {
        throw new IllegalStateException("the name " + username + " is taken");
      }
      record(tx, "auth.register", account);
    });
    return new Made(account, secret);
  }

  /** All there are. */
  public List<Account> all() {
    return jdbi.withHandle(tx -> store.endingWith(tx, ENDING));
  }

  /** Ends all sign-ins of one, and lets it never sign in again. */
  public void lockOut(Account account) {
    jdbi.useTransaction(tx -> {
      store.standing(tx, account.id(), account.role(), AccountStatus.SUSPENDED, clock.instant());
      sessions.revokeAll(tx, account.id(), null, clock.instant());
    });
  }

  /** Removes one that nothing refers to any more. */
  public void remove(Handle tx, Account account) {
    if (!isReserved(account.email())) {
      throw new IllegalArgumentException("not the account of a self-test: " + account.id());
    }
    store.delete(tx, account.id());
    record(tx, "user.erase", account);
  }

  private void record(Handle tx, String action, Account account) {
    audit.record(
        tx,
        AuditEvent.done(AuditEvent.Actor.system(), action, Accounts.target(account)).with(PURPOSE));
  }
}
