package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code nanoctl user list}. */
@Command(name = "list", description = "List all accounts.")
public final class UserListCommand implements Runnable {
  private final Invocation invocation;
  private final Users users;

  /** Lists the accounts of the instance that is meant. */
  public UserListCommand(Invocation invocation, Users users) {
    this.invocation = invocation;
    this.users = users;
  }

  @Override
  public void run() {
    List<Users.User> accounts = users.list(invocation.site());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.array(
              "users",
              accounts,
              (array, account) -> array.object(o -> AccountView.members(o, account))));
    } else {
      output.rows(accounts.stream().map(UserListCommand::row).toList());
    }
  }

  private static Row row(Users.User account) {
    Glyph glyph = account.status().equals("active") ? Glyph.WELL : Glyph.IDLE;
    String status = account.status().equals("active") ? "" : " · " + account.status();
    return Row.of(glyph, account.email(), account.role() + " · " + account.username() + status);
  }
}
