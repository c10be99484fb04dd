package dev.nanoctl.server.account;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a site, for administrators at the command line and in the API. Needs nothing but
 * the database, so that it works beside a running server.
 */
public final class Accounts {
  /** How long a one-time link works. */
  public static final Duration LINK_LIFE = Duration.ofHours(1);

  /** A page of accounts and how many there are. */
  public record Found(List<Account> accounts, long total) {}

  private final Jdbi jdbi;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final AccountStore store = new AccountStore();
  private final SessionStore sessions = new SessionStore();
  private final OneTimeLinkStore links = new OneTimeLinkStore();
  private final PasswordHashes hashes = new PasswordHashes();
  private final Tokens tokens = new Tokens();

  /** The accounts in the given database. */
  public Accounts(Jdbi jdbi, Audit audit, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Creates an account that can sign in at once; its username is made from the address.
   *
   * @param password the first password; without one the account signs in by a one-time link
   * @throws dev.nanoctl.core.ProblemException NC-USER-EXISTS when the address is taken,
   *     NC-EMAIL-INVALID when it is none
   */
  public Account create(String email, Role role, @Nullable Secret password) {
    String address = email.strip().toLowerCase(Locale.ROOT);
    if (!AccountShapes.isEmail(address) || TrialAccounts.isReserved(address)) {
      throw new Problem.Usage(
              "NC-EMAIL-INVALID",
              "\"" + email + "\" is not an e-mail address",
              "give one such as ada@example.org")
          .raise();
    }
    String hash = password == null ? null : hashes.hash(password);
    return jdbi.inTransaction(tx -> {
      if (store.emailTaken(tx, address)) {
        throw taken(address);
      }
      Account account = fresh(tx, address, role);
      if (!store.insert(tx, account, hash)) {
        throw taken(address);
      }
      audit.record(
          tx, AuditEvent.done(AuditEvent.Actor.system(), "auth.register", target(account)));
      return account;
    });
  }

  private Account fresh(Handle tx, String address, Role role) {
    return new Account(
        ids.get(),
        address,
        Usernames.free(address, name -> store.usernameTaken(tx, name)),
        role,
        AccountStatus.ACTIVE,
        Account.Profile.of(Language.DE),
        clock.instant(),
        1);
  }

  private static RuntimeException taken(String address) {
    return new Problem.Usage(
            "NC-USER-EXISTS",
            "an account for " + address + " exists already",
            "see `nanoctl user list`, or `nanoctl user reset-password " + address + "`")
        .raise();
  }

  /** The account of an address. */
  public Optional<Account> find(String email) {
    String address = email.strip().toLowerCase(Locale.ROOT);
    return jdbi.withHandle(tx -> store.login(tx, address)).map(AccountStore.Login::account);
  }

  /** The account with that key. */
  public Optional<Account> find(UUID id) {
    return jdbi.withHandle(tx -> store.find(tx, id));
  }

  /** Someone who works at the command line with this account's rights. */
  public static Principal atCommandLine(Account account) {
    return new Principal(account.id(), account.username(), account.role(), account.id());
  }

  /** Accounts whose address or name has the given part, newest first. */
  public Found list(String part, Page page) {
    return jdbi.inTransaction(
        tx -> new Found(store.list(tx, part.strip(), page), store.count(tx, part.strip())));
  }

  /** Whether there is an administrator who can sign in. */
  public boolean hasAdmin() {
    return jdbi.inTransaction(store::lockActiveAdmins) > 0;
  }

  /**
   * Changes what an account may do, and whether it may sign in; suspending ends its sign-ins.
   *
   * @throws ApiException NOT_FOUND without such an account; CONFLICT when no administrator would be
   *     left
   */
  public Account change(
      AuditEvent.Actor actor, UUID id, Optional<Role> role, Optional<AccountStatus> status) {
    return jdbi.inTransaction(tx -> {
      int admins = store.lockActiveAdmins(tx);
      Account before = store.lock(tx, id).orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
      Role newRole = role.orElse(before.role());
      AccountStatus newStatus = status.orElse(before.status());
      requireAnAdmin(before, newRole, newStatus, admins);
      Instant now = clock.instant();
      store.standing(tx, id, newRole, newStatus, now);
      if (newStatus != AccountStatus.ACTIVE) {
        sessions.revokeAll(tx, id, null, now);
      }
      recordChange(tx, actor, before, newRole, newStatus);
      return store.find(tx, id).orElseThrow();
    });
  }

  private static void requireAnAdmin(
      Account before, Role role, AccountStatus status, int activeAdmins) {
    boolean was = before.role() == Role.ADMIN && before.status() == AccountStatus.ACTIVE;
    boolean stays = role == Role.ADMIN && status == AccountStatus.ACTIVE;
    if (was && !stays && activeAdmins <= 1) {
      throw new ApiException(
          ApiError.CONFLICT,
          "Das ist das letzte Konto, das die Seite verwalten kann.",
          "This is the last account that can administer the site.");
    }
  }

  private void recordChange(
      Handle tx, AuditEvent.Actor actor, Account before, Role role, AccountStatus status) {
    if (role != before.role()) {
      audit.record(
          tx,
          AuditEvent.done(actor, "user.role", target(before))
              .with(
                  JsonObject.builder()
                      .put("from", before.role().tag())
                      .put("to", role.tag())
                      .build()));
    }
    if (status != before.status()) {
      String action = status == AccountStatus.ACTIVE ? "user.unsuspend" : "user.suspend";
      audit.record(tx, AuditEvent.done(actor, action, target(before)));
    }
  }

  /**
   * A token with which the account sets a new password once, within {@link #LINK_LIFE}; links made
   * before stop working.
   */
  public Secret oneTimeToken(AuditEvent.Actor actor, Account account) {
    String token = tokens.make();
    Instant now = clock.instant();
    jdbi.useTransaction(tx -> {
      links.insert(tx, Tokens.hash(token), account.id(), now, now.plus(LINK_LIFE));
      audit.record(tx, AuditEvent.done(actor, "auth.password_reset", target(account)));
    });
    return new Secret(token);
  }

  static String target(Account account) {
    return "user:" + account.id();
  }
}
