package dev.nanoctl.server.account;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Cookies;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Limit;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.http.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Signing in and out, by cookies or, where a client asks for it, by tokens in the body. */
public final class SignInRoutes implements Routes {
  private static final String REFRESH_PATH = "/api/v1/auth";
  private static final int LONGEST_AGENT = 300;

  private final SignIns signIns;
  private final Registrations registrations;
  private final Site site;

  /** Routes for sign-ins at the given site. */
  public SignInRoutes(SignIns signIns, Registrations registrations, Site site) {
    this.signIns = signIns;
    this.registrations = registrations;
    this.site = site;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("auth/login")
            .summary("Sign in")
            .body(
                Schema.object()
                    .required("email", Schema.text(1, 254))
                    .required("password", Schema.text(1, PasswordRules.LONGEST)))
            .answers(200, AccountShapes.SIGNED_IN)
            .answersSecrets()
            .errors(
                ApiError.UNAUTHORIZED,
                ApiError.ACCOUNT_LOCKED,
                ApiError.ACCOUNT_SUSPENDED,
                ApiError.EMAIL_NOT_VERIFIED)
            .limit(Limit.perAddress("login", 5))
            .handle(this::signIn),
        Endpoint.post("auth/refresh-token")
            .summary("Exchange the refresh token for a new pair of tokens")
            .optionalBody(Schema.object().optional("refresh_token", Schema.text(1, 200)))
            .answers(200, AccountShapes.SIGNED_IN)
            .answersSecrets()
            .errors(ApiError.UNAUTHORIZED)
            .limit(Limit.perAddress("refresh", 60))
            .handle(this::refresh),
        Endpoint.post("auth/logout")
            .summary("Sign out")
            .access(Access.USER)
            .answersEmpty(204)
            .handle(this::signOut),
        Endpoint.post("auth/password/set")
            .summary("Set a password by a one-time link, and sign in")
            .body(
                Schema.object()
                    .required("token", Schema.text(20, 200))
                    .required("password", PasswordRules.SCHEMA))
            .answers(200, AccountShapes.SIGNED_IN)
            .answersSecrets()
            .errors(ApiError.GONE, ApiError.ACCOUNT_SUSPENDED)
            .limit(Limit.perAddress("password-set", 10))
            .handle(this::setPassword),
        Endpoint.get("auth/sessions")
            .summary("Where this account is signed in")
            .access(Access.USER)
            .answers(200, Schema.list(AccountShapes.SESSION))
            .handle(this::sessions),
        Endpoint.delete("auth/sessions/{id}")
            .summary("Sign out elsewhere")
            .access(Access.USER)
            .answersEmpty(204)
            .errors(ApiError.NOT_FOUND)
            .handle(this::endSession));
  }

  private Answer signIn(Call call) {
    Body body = call.body();
    Secret password = new Secret(body.exact("password"));
    return signedIn(call, signIns.signIn(body.text("email"), password, device(call)));
  }

  private Answer refresh(Call call) {
    Optional<String> sent = call.body().findText("refresh_token");
    String token =
        sent.or(() -> call.cookie(site.refreshCookie()))
            .orElseThrow(() -> new ApiException(ApiError.UNAUTHORIZED));
    return signedIn(call, signIns.refresh(token, device(call)));
  }

  private Answer signOut(Call call) {
    signIns.end(AuditEvent.Actor.of(call), call.principal().id(), call.principal().session());
    return withoutCookies(Answer.noContent());
  }

  private Answer setPassword(Call call) {
    Body body = call.body();
    Secret password = new Secret(body.exact("password"));
    return signedIn(call, registrations.setPassword(body.text("token"), password, device(call)));
  }

  private Answer sessions(Call call) {
    List<Session> all = signIns.list(call.principal().id());
    return Answer.ok(json ->
        json.array(
            all,
            (w, session) ->
                AccountShapes.session(
                    w, session, session.id().equals(call.principal().session()))));
  }

  private Answer endSession(Call call) {
    signIns.end(AuditEvent.Actor.of(call), call.principal().id(), call.uuid("id"));
    return Answer.noContent();
  }

  private Answer signedIn(Call call, SignIn signIn) {
    boolean bearer = call.header("X-Auth-Mode").filter("bearer"::equals).isPresent();
    Answer answer =
        Answer.ok(json ->
            json.object(o -> {
              AccountShapes.user(o.name("user"), signIn.account());
              o.field("csrf_token", signIn.csrfToken());
              if (bearer) {
                o.field("access_token", signIn.accessToken())
                    .field("refresh_token", signIn.refreshToken())
                    .field("expires_in", SignIns.ACCESS_LIFE.toSeconds());
              }
            }));
    return bearer ? answer : withCookies(answer, signIn);
  }

  private Answer withCookies(Answer answer, SignIn signIn) {
    boolean secure = site.secure();
    return answer
        .header(
            "Set-Cookie",
            Cookies.set(
                site.accessCookie(), signIn.accessToken(), "/", SignIns.ACCESS_LIFE, secure))
        .header(
            "Set-Cookie",
            Cookies.set(
                site.refreshCookie(),
                signIn.refreshToken(),
                REFRESH_PATH,
                SignIns.REFRESH_LIFE,
                secure));
  }

  private Answer withoutCookies(Answer answer) {
    boolean secure = site.secure();
    return answer
        .header("Set-Cookie", Cookies.set(site.accessCookie(), "", "/", Duration.ZERO, secure))
        .header(
            "Set-Cookie",
            Cookies.set(site.refreshCookie(), "", REFRESH_PATH, Duration.ZERO, secure));
  }

  private static SignIns.Device device(Call call) {
    String agent = call.header("User-Agent").orElse("");
    return new SignIns.Device(
        AuditEvent.Actor.of(call),
        agent.substring(0, Math.min(LONGEST_AGENT, agent.length())),
        call.address());
  }
}
