package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl user create EMAIL}. */
@Command(
    name = "create",
    description = "Make an account, and a one-time link with which its owner chooses a password.")
public final class UserCreateCommand implements Runnable {
  private final Invocation invocation;
  private final Users users;

  @Parameters(paramLabel = "EMAIL", description = "The account's e-mail address.")
  private @Nullable String email;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "consumer",
      description = "${COMPLETION-CANDIDATES} (default: consumer).")
  private AccountRole role = AccountRole.consumer;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Makes accounts in the instance that is meant. */
  public UserCreateCommand(Invocation invocation, Users users) {
    this.invocation = invocation;
    this.users = users;
  }

  @Override
  public void run() {
    String address = Emails.require(email);
    if (plan) {
      PlanLine.print(
          invocation.output(), "user create", "make the account " + address + ", " + role);
      return;
    }
    AccountView.print(
        invocation.output(),
        users.create(invocation.site(), address, role.name()),
        "made the account");
  }
}
