package dev.nanoctl.server.account;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.http.Limit;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Registering, and one's own account. */
public final class AccountRoutes implements Routes {
  private static final Schema.Fields ME =
      Schema.object().required("user", AccountShapes.USER).required("csrf_token", Schema.text());
  private static final Schema.Fields USER = Schema.object().required("user", AccountShapes.USER);

  private final Registrations registrations;
  private final SignIns signIns;
  private final Accounts accounts;

  /** Routes for the given accounts. */
  public AccountRoutes(Registrations registrations, SignIns signIns, Accounts accounts) {
    this.registrations = registrations;
    this.signIns = signIns;
    this.accounts = accounts;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("auth/register")
            .summary("Create an account; answers the same for an address that has one")
            .body(
                Schema.object()
                    .required("email", Schema.email())
                    .required("username", AccountShapes.USERNAME)
                    .required("password", PasswordRules.SCHEMA)
                    .with(AccountShapes.PROFILE))
            .answers(201, Schema.object().required("registered", Schema.bool()))
            .limit(Limit.perAddress("register", 20))
            .handle(this::register),
        Endpoint.get("auth/me")
            .summary("Who is signed in")
            .access(Access.USER)
            .answers(200, ME)
            .handle(this::me),
        Endpoint.patch("auth/me")
            .summary("Change one's own profile")
            .access(Access.USER)
            .body(AccountShapes.PROFILE)
            .answers(200, USER)
            .errors(ApiError.PRECONDITION_FAILED)
            .handle(this::change),
        Endpoint.post("auth/password/change")
            .summary("Change one's password; other sign-ins end")
            .access(Access.USER)
            .body(
                Schema.object()
                    .required("current_password", Schema.text(1, PasswordRules.LONGEST))
                    .required("new_password", PasswordRules.SCHEMA))
            .answersEmpty(204)
            .limit(Limit.perMinute("password-change", 5))
            .handle(this::changePassword),
        Endpoint.post("users/me/become-creator")
            .summary("Become a creator by confirming that one publishes only what one may")
            .access(Access.USER)
            .body(Schema.object().required("rights_confirmed", Schema.bool()))
            .answers(200, USER)
            .handle(this::becomeCreator),
        Endpoint.get("users/{id}")
            .summary("What everyone may know of an account")
            .answers(200, AccountShapes.PUBLIC_USER)
            .errors(ApiError.NOT_FOUND)
            .handle(this::show));
  }

  private Answer register(Call call) {
    Body body = call.body();
    Account.Profile blank = Account.Profile.of(call.language());
    registrations.register(
        new Registrations.Form(
            body.text("email").toLowerCase(Locale.ROOT),
            body.text("username"),
            new Secret(body.exact("password")),
            changed(blank, body)),
        AuditEvent.Actor.of(call));
    return Answer.created(json -> json.object(o -> o.field("registered", true)));
  }

  private Answer me(Call call) {
    Account account = registrations.me(call.principal().id());
    String csrf = signIns.csrfToken(call.principal().session());
    return Answer.ok(json ->
            json.object(o -> {
              AccountShapes.user(o.name("user"), account);
              o.field("csrf_token", csrf);
            }))
        .etag(account.rowVersion());
  }

  private Answer change(Call call) {
    Body body = call.body();
    Account account =
        registrations.change(
            call.principal(),
            call::requireMatch,
            profile -> changed(profile, body),
            AuditEvent.Actor.of(call));
    return user(account).etag(account.rowVersion());
  }

  private Answer changePassword(Call call) {
    Body body = call.body();
    registrations.changePassword(
        call.principal(),
        new Secret(body.exact("current_password")),
        new Secret(body.exact("new_password")),
        AuditEvent.Actor.of(call));
    return Answer.noContent();
  }

  private Answer becomeCreator(Call call) {
    if (!call.body().flag("rights_confirmed", false)) {
      throw ApiException.invalid(
          "rights_confirmed",
          "required",
          "Bitte bestätige, dass du die Rechte hast.",
          "Please confirm that you have the rights.");
    }
    return user(registrations.becomeCreator(call.principal(), AuditEvent.Actor.of(call)));
  }

  private Answer show(Call call) {
    Account account =
        accounts
            .find(call.uuid("id"))
            .filter(one -> one.status() == AccountStatus.ACTIVE)
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    return Answer.ok(json -> AccountShapes.publicUser(json, account));
  }

  static Answer user(Account account) {
    return Answer.ok(json -> json.object(o -> AccountShapes.user(o.name("user"), account)));
  }

  private static Account.Profile changed(Account.Profile before, Body body) {
    return new Account.Profile(
        text(body, "first_name", before.firstName()),
        text(body, "last_name", before.lastName()),
        text(body, "bio", before.bio()),
        text(body, "company", before.company()),
        text(body, "job_title", before.jobTitle()),
        body.findText("language").flatMap(Language::ofTag).orElse(before.language()));
  }

  private static @Nullable String text(Body body, String name, @Nullable String before) {
    return body.has(name) ? body.findText(name).orElse(null) : before;
  }
}
