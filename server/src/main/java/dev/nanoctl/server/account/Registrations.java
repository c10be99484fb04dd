package dev.nanoctl.server.account;

import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** What people do with accounts of their own. */
public final class Registrations {
  /** What someone who registers fills in. */
  record Form(String email, String username, Secret password, Account.Profile profile) {}

  private final Jdbi jdbi;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final SignIns signIns;
  private final ProfileListener profiles;
  private final AccountStore store = new AccountStore();
  private final SessionStore sessions = new SessionStore();
  private final OneTimeLinkStore links = new OneTimeLinkStore();
  private final PasswordHashes hashes = new PasswordHashes();

  /** Registrations kept in the given database; {@code profiles} hears of new names. */
  public Registrations(
      Jdbi jdbi,
      Audit audit,
      InstantSource clock,
      Supplier<UUID> ids,
      SignIns signIns,
      ProfileListener profiles) {
    this.profiles = profiles;
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
    this.signIns = signIns;
  }

  /**
   * Makes a consumer's account. An address that has one already changes nothing and is not told.
   *
   * @throws ApiException VALIDATION_ERROR when the username is taken or the password too common
   */
  void register(Form form, AuditEvent.Actor actor) {
    List<FieldError> errors = new ArrayList<>();
    PasswordRules.check("password", form.password().value(), form.email(), form.username())
        .ifPresent(errors::add);
    if (TrialAccounts.isReserved(form.email())) {
      errors.add(
          new FieldError(
              "email",
              "invalid_format",
              "An diese Adresse kann keine E-Mail gehen.",
              "No e-mail can go to this address."));
    }
    if (jdbi.withHandle(tx -> store.usernameTaken(tx, form.username()))) {
      errors.add(usernameTaken());
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    String hash = hashes.hash(form.password());
    Account account =
        new Account(
            ids.get(),
            form.email(),
            form.username(),
            Role.CONSUMER,
            AccountStatus.ACTIVE,
            form.profile(),
            clock.instant(),
            1);
    jdbi.useTransaction(tx -> {
      if (store.insert(tx, account, hash)) {
        audit.record(tx, AuditEvent.done(actor, "auth.register", Accounts.target(account)));
      } else if (!store.emailTaken(tx, form.email())) {
        throw ApiException.invalid(List.of(usernameTaken()));
      }
    });
  }

  private static FieldError usernameTaken() {
    return new FieldError(
        "username", "taken", "Dieser Name ist schon vergeben.", "This name is taken already.");
  }

  /** The account of someone who is signed in. */
  Account me(UUID id) {
    return jdbi.withHandle(tx -> store.find(tx, id))
        .orElseThrow(() -> new ApiException(ApiError.UNAUTHORIZED));
  }

  /** Changes the profile; the caller has checked nothing but the shape. */
  Account change(
      Principal principal,
      LongConsumer requireVersion,
      UnaryOperator<Account.Profile> change,
      AuditEvent.Actor actor) {
    return jdbi.inTransaction(tx -> {
      Account before = store.lock(tx, principal.id()).orElseThrow();
      requireVersion.accept(before.rowVersion());
      store.profile(tx, before.id(), change.apply(before.profile()), clock.instant());
      audit.record(tx, AuditEvent.done(actor, "user.update", Accounts.target(before)));
      Account after = store.find(tx, before.id()).orElseThrow();
      if (!after.displayName().equals(before.displayName())) {
        profiles.renamed(tx, after.id());
      }
      return after;
    });
  }

  /** Makes a consumer a creator; others stay what they are. */
  Account becomeCreator(Principal principal, AuditEvent.Actor actor) {
    return jdbi.inTransaction(tx -> {
      Account before = store.lock(tx, principal.id()).orElseThrow();
      if (before.role() == Role.CONSUMER) {
        store.standing(tx, before.id(), Role.CREATOR, before.status(), clock.instant());
        audit.record(
            tx,
            AuditEvent.done(actor, "user.role", Accounts.target(before))
                .with(
                    JsonObject.builder()
                        .put("from", Role.CONSUMER.tag())
                        .put("to", Role.CREATOR.tag())
                        .build()));
      }
      return store.find(tx, before.id()).orElseThrow();
    });
  }

  /**
   * Changes the password and ends all other sign-ins.
   *
   * @throws ApiException VALIDATION_ERROR when the current one is wrong or the new one will not do
   */
  void changePassword(Principal principal, Secret current, Secret wanted, AuditEvent.Actor actor) {
    AccountStore.Login login = jdbi.withHandle(tx -> store.login(tx, principal.id())).orElseThrow();
    String stored = login.hash();
    if (stored == null || !hashes.matches(current, stored)) {
      throw ApiException.invalid(
          "current_password", "wrong", "Das Passwort stimmt nicht.", "The password is wrong.");
    }
    String hash = newHash("new_password", login.account(), wanted);
    jdbi.useTransaction(tx -> {
      Instant now = clock.instant();
      store.password(tx, principal.id(), hash, now);
      sessions.revokeAll(tx, principal.id(), principal.session(), now);
      audit.record(
          tx, AuditEvent.done(actor, "auth.password_change", Accounts.target(login.account())));
    });
  }

  /**
   * Sets a password by a one-time link and signs in; all other sign-ins end.
   *
   * @throws ApiException GONE when the link was used, replaced or is too old
   */
  SignIn setPassword(String token, Secret wanted, SignIns.Device device) {
    byte[] link = Tokens.hash(token);
    UUID owner =
        jdbi.withHandle(tx -> links.owner(tx, link, clock.instant()))
            .orElseThrow(Registrations::linkGone);
    Account account = jdbi.withHandle(tx -> store.find(tx, owner)).orElseThrow();
    if (account.status() == AccountStatus.SUSPENDED) {
      throw new ApiException(ApiError.ACCOUNT_SUSPENDED);
    }
    String hash = newHash("password", account, wanted);
    return jdbi.inTransaction(tx -> {
      Instant now = clock.instant();
      if (!links.use(tx, link, now)) {
        throw linkGone();
      }
      sessions.revokeAll(tx, owner, null, now);
      store.standing(tx, owner, account.role(), AccountStatus.ACTIVE, now);
      return signIns.start(tx, store.find(tx, owner).orElseThrow(), device, hash);
    });
  }

  private static ApiException linkGone() {
    return new ApiException(
        ApiError.GONE,
        "Dieser Link wurde schon benutzt oder ist abgelaufen.",
        "This link was used already or has expired.");
  }

  private String newHash(String field, Account account, Secret wanted) {
    Optional<FieldError> wrong =
        PasswordRules.check(field, wanted.value(), account.email(), account.username());
    if (wrong.isPresent()) {
      throw ApiException.invalid(List.of(wrong.get()));
    }
    return hashes.hash(wanted);
  }
}
