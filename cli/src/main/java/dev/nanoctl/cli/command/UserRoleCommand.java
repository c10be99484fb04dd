package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl user role EMAIL ROLE}. */
@Command(name = "role", description = "Give an account another role.")
public final class UserRoleCommand implements Runnable {
  private final Invocation invocation;
  private final Users users;

  @Parameters(index = "0", paramLabel = "EMAIL", description = "The account's e-mail address.")
  private @Nullable String email;

  @Parameters(index = "1", paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable AccountRole role;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Changes accounts of the instance that is meant. */
  public UserRoleCommand(Invocation invocation, Users users) {
    this.invocation = invocation;
    this.users = users;
  }

  @Override
  public void run() {
    String address = Emails.require(email);
    if (role == null) {
      throw new IllegalStateException("not parsed");
    }
    Output output = invocation.output();
    if (plan) {
      PlanLine.print(output, "user role", "make " + address + " " + role);
      return;
    }
    Users.User account = users.role(invocation.site(), address, role.name());
    if (output.wishes().json()) {
      output.json(json -> json.object("user", user -> AccountView.members(user, account)));
    } else {
      output.row(Row.of(Glyph.DONE, account.email(), "is " + account.role() + " now"), 0);
    }
  }
}
