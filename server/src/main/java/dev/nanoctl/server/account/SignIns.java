package dev.nanoctl.server.account;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.audit.AddressPrefix;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Authentication;
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

/** Signing in, staying signed in and signing out. */
public final class SignIns implements Authentication {
  /** How long an access token works. */
  public static final Duration ACCESS_LIFE = Duration.ofMinutes(15);

  /** How long a sign-in lasts without being used. */
  public static final Duration REFRESH_LIFE = Duration.ofDays(7);

  /** So many failed tries lock an account. */
  public static final int MOST_FAILURES = 5;

  /** How long it is locked. */
  public static final Duration LOCK = Duration.ofMinutes(15);

  /** Two tabs of a browser may refresh at the same moment; neither is a thief. */
  static final Duration OVERLAP = Duration.ofSeconds(10);

  /** The device a request comes from. */
  record Device(AuditEvent.Actor actor, String userAgent, String address) {}

  private final Jdbi jdbi;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final AccountStore accounts = new AccountStore();
  private final SessionStore sessions = new SessionStore();
  private final PasswordHashes hashes;
  private final UnknownAddresses unknown;
  private final Tokens tokens = new Tokens();

  /** Sign-ins kept in the given database. */
  public SignIns(Jdbi jdbi, Audit audit, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
    this.hashes = new PasswordHashes();
    this.unknown = new UnknownAddresses(clock);
  }

  @Override
  public Optional<SignedIn> find(String token) {
    byte[] hash = Tokens.hash(token);
    return jdbi.withHandle(tx -> sessions.signedIn(tx, hash, clock.instant()));
  }

  /**
   * Signs in by address and password.
   *
   * @throws ApiException UNAUTHORIZED for an unknown address as for a wrong password;
   *     ACCOUNT_LOCKED after too many of them; ACCOUNT_SUSPENDED when an administrator said so
   */
  SignIn signIn(String email, Secret password, Device device) {
    String address = email.strip().toLowerCase(Locale.ROOT);
    Optional<AccountStore.Login> found = jdbi.withHandle(tx -> accounts.login(tx, address));
    if (found.isEmpty()) {
      return refuseUnknown(address, password, device);
    }
    AccountStore.Login login = found.get();
    requireUnlocked(login.lockedUntil());
    String stored = login.hash();
    if (stored == null) {
      hashes.pretend(password);
      throw failed(login, device);
    }
    if (!hashes.matches(password, stored)) {
      throw failed(login, device);
    }
    requireActive(login.account(), device);
    String better = hashes.outdated(stored) ? hashes.hash(password) : null;
    return jdbi.inTransaction(tx -> start(tx, login.account(), device, better));
  }

  private SignIn refuseUnknown(String address, Secret password, Device device) {
    requireUnlocked(unknown.lockedUntil(address));
    hashes.pretend(password);
    unknown.failed(address);
    jdbi.useTransaction(
        tx -> audit.record(tx, AuditEvent.denied(device.actor(), "auth.login_failed", null)));
    throw wrong();
  }

  private void requireUnlocked(@Nullable Instant until) {
    Instant now = clock.instant();
    if (until != null && until.isAfter(now)) {
      throw new ApiException(ApiError.ACCOUNT_LOCKED)
          .retryAfter(Duration.between(now, until))
          .details(json -> json.object(o -> o.field("locked_until", until)));
    }
  }

  private ApiException failed(AccountStore.Login login, Device device) {
    String target = Accounts.target(login.account());
    boolean expired = login.lockedUntil() != null;
    jdbi.useTransaction(tx -> {
      if (expired) {
        accounts.forgive(tx, login.account().id());
      }
      int failures =
          accounts.failed(tx, login.account().id(), MOST_FAILURES, clock.instant().plus(LOCK));
      audit.record(tx, AuditEvent.denied(device.actor(), "auth.login_failed", target));
      if (failures == MOST_FAILURES) {
        audit.record(tx, AuditEvent.denied(device.actor(), "auth.locked", target));
      }
    });
    return wrong();
  }

  private static ApiException wrong() {
    return new ApiException(
        ApiError.UNAUTHORIZED,
        "Adresse oder Passwort stimmt nicht.",
        "The address or the password is wrong.");
  }

  private void requireActive(Account account, Device device) {
    if (account.status() == AccountStatus.ACTIVE) {
      return;
    }
    jdbi.useTransaction(tx ->
        audit.record(
            tx, AuditEvent.denied(device.actor(), "auth.login_failed", Accounts.target(account))));
    throw new ApiException(
        account.status() == AccountStatus.PENDING_VERIFICATION
            ? ApiError.EMAIL_NOT_VERIFIED
            : ApiError.ACCOUNT_SUSPENDED);
  }

  /** Begins a sign-in within the caller's transaction. */
  SignIn start(Handle tx, Account account, Device device, @Nullable String betterHash) {
    Instant now = clock.instant();
    Session session =
        new Session(ids.get(), device.userAgent(), AddressPrefix.of(device.address()), now, now);
    String csrf = tokens.make();
    sessions.insert(tx, account.id(), session, csrf, now.plus(REFRESH_LIFE));
    if (betterHash != null) {
      accounts.password(tx, account.id(), betterHash, now);
    }
    accounts.signedIn(tx, account.id(), now);
    AuditEvent.Actor actor =
        new AuditEvent.Actor(
            account.id(), account.role().tag(), device.address(), device.actor().requestId());
    audit.record(tx, AuditEvent.done(actor, "auth.login", Accounts.target(account)));
    return issue(tx, account, session.id(), csrf);
  }

  private SignIn issue(Handle tx, Account account, UUID session, String csrf) {
    Instant now = clock.instant();
    String access = tokens.make();
    String refresh = tokens.make();
    sessions.insertAccess(tx, Tokens.hash(access), session, now.plus(ACCESS_LIFE));
    sessions.insertRefresh(tx, Tokens.hash(refresh), session, now, now.plus(REFRESH_LIFE));
    return new SignIn(account, session, access, refresh, csrf);
  }

  /**
   * Exchanges a refresh token for a new pair. A token that was exchanged a while before ends the
   * whole sign-in, for one of the two who have it stole it (RFC 9700, section 4.14.2).
   *
   * @throws ApiException UNAUTHORIZED when the token is unknown, used or too old
   */
  SignIn refresh(String refreshToken, Device device) {
    byte[] hash = Tokens.hash(refreshToken);
    Optional<SignIn> signIn = jdbi.inTransaction(tx -> exchange(tx, hash, device));
    return signIn.orElseThrow(() -> new ApiException(ApiError.UNAUTHORIZED));
  }

  // answers empty instead of throwing, so that ending a stolen sign-in is committed
  private Optional<SignIn> exchange(Handle tx, byte[] hash, Device device) {
    Instant now = clock.instant();
    Optional<SessionStore.Refresh> found = sessions.lockRefresh(tx, hash, now, now.minus(OVERLAP));
    if (found.isEmpty() || !found.get().usable()) {
      return Optional.empty();
    }
    SessionStore.Refresh refresh = found.get();
    if (refresh.spent()) {
      sessions.revoke(tx, refresh.user(), refresh.session(), now);
      audit.record(
          tx, AuditEvent.denied(device.actor(), "auth.refresh_reuse", "user:" + refresh.user()));
      return Optional.empty();
    }
    Optional<Account> account =
        accounts.find(tx, refresh.user()).filter(one -> one.status() == AccountStatus.ACTIVE);
    return account.map(one -> {
      sessions.rotated(tx, hash, now);
      sessions.used(tx, refresh.session(), now, now.plus(REFRESH_LIFE));
      return issue(tx, one, refresh.session(), refresh.csrfToken());
    });
  }

  /** What changing calls of this sign-in must repeat. */
  String csrfToken(UUID session) {
    return jdbi.withHandle(tx -> sessions.csrfToken(tx, session));
  }

  /** The sign-ins of an account that still work. */
  List<Session> list(UUID user) {
    return jdbi.withHandle(tx -> sessions.list(tx, user, clock.instant()));
  }

  /** Ends a sign-in of the account; NOT_FOUND when it has none like that. */
  void end(AuditEvent.Actor actor, UUID user, UUID session) {
    boolean ended =
        jdbi.inTransaction(tx -> {
          boolean revoked = sessions.revoke(tx, user, session, clock.instant());
          if (revoked) {
            audit.record(tx, AuditEvent.done(actor, "auth.logout", "user:" + user));
          }
          return revoked;
        });
    if (!ended) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
  }

  /** Forgets sign-ins that ended more than a day ago; answers how many. */
  public int sweep() {
    return jdbi.inTransaction(tx -> sessions.sweep(tx, clock.instant().minus(Duration.ofDays(1))));
  }
}
