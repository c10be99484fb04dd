package dev.nanoctl.server.nano;

import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Principal;

/**
 * Someone signed in who does something that is put on record.
 *
 * @param who the account
 * @param actor the same for the audit log, with where the request came from
 */
public record Caller(Principal who, AuditEvent.Actor actor) {
  /** Who called an endpoint; UNAUTHORIZED when nobody is signed in. */
  public static Caller of(Call call) {
    return new Caller(call.principal(), AuditEvent.Actor.of(call));
  }

  /** Someone working without a request. */
  public static Caller of(Principal who) {
    return new Caller(who, AuditEvent.Actor.of(who));
  }
}
