package dev.nanoctl.server.audit;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and must stay on record.
 *
 * @param actor who did it
 * @param action such as {@code nano.approve}
 * @param target what it was done to, such as {@code nano:0198…}; null when there is none
 * @param result {@code ok} or {@code denied}
 * @param details more, never a secret
 */
public record AuditEvent(
    Actor actor, String action, @Nullable String target, String result, JsonObject details) {
  /**
   * Who did something, and from where.
   *
   * @param id the account; null for a visitor or the system
   * @param role its role at that time, {@code guest} or {@code system}
   * @param address the address, from which a prefix is kept; null when there was no request
   * @param requestId ties the entry to the access log; null when there was no request
   */
  public record Actor(
      @Nullable UUID id, String role, @Nullable String address, @Nullable String requestId) {
    /** The product itself, or an administrator at the command line. */
    public static Actor system() {
      return new Actor(null, "system", null, null);
    }

    /** Who called an endpoint. */
    public static Actor of(Call call) {
      return call.findPrincipal()
          .map(p -> new Actor(p.id(), p.role().tag(), call.address(), call.requestId()))
          .orElseGet(() -> new Actor(null, "guest", call.address(), call.requestId()));
    }

    /** An account working at the command line. */
    public static Actor of(Principal principal) {
      return new Actor(principal.id(), principal.role().tag(), null, null);
    }
  }

  /** Something that was done. */
  public static AuditEvent done(Actor actor, String action, @Nullable String target) {
    return new AuditEvent(actor, action, target, "ok", JsonObject.EMPTY);
  }

  /** Something that was tried and refused. */
  public static AuditEvent denied(Actor actor, String action, @Nullable String target) {
    return new AuditEvent(actor, action, target, "denied", JsonObject.EMPTY);
  }

  /** The same with details. */
  public AuditEvent with(JsonObject more) {
    return new AuditEvent(actor, action, target, result, more);
  }
}
