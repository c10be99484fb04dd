package dev.nanoctl.server.account;

import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Param;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import java.util.List;
import java.util.Optional;

/** Accounts, for administrators. */
public final class AccountAdminRoutes implements Routes {
  private final Accounts accounts;

  /** Routes for the given accounts. */
  public AccountAdminRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("admin/users")
            .summary("All accounts, or those whose name or address has a part")
            .access(Access.ADMIN)
            .query(Param.text("q", 100))
            .paged()
            .answersPage(AccountShapes.USER)
            .handle(this::list),
        Endpoint.patch("admin/users/{id}")
            .summary("Change what an account may do, or suspend it")
            .access(Access.ADMIN)
            .body(
                Schema.object()
                    .optional("role", Schema.choice("consumer", "creator", "moderator", "admin"))
                    .optional("status", Schema.choice("active", "suspended")))
            .answers(200, Schema.object().required("user", AccountShapes.USER))
            .errors(ApiError.NOT_FOUND, ApiError.CONFLICT)
            .handle(this::change));
  }

  private Answer list(Call call) {
    Page page = call.page();
    Accounts.Found found = accounts.list(call.query("q").orElse(""), page);
    return Answer.page(page, found.total(), found.accounts(), AccountShapes::user);
  }

  private Answer change(Call call) {
    Body body = call.body();
    Optional<Role> role = body.findText("role").flatMap(Role::ofTag);
    Optional<AccountStatus> status = body.findText("status").map(AccountStatus::ofTag);
    return AccountRoutes.user(
        accounts.change(AuditEvent.Actor.of(call), call.uuid("id"), role, status));
  }
}
