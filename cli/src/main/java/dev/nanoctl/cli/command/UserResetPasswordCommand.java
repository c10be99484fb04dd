package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl user reset-password EMAIL}. */
@Command(
    name = "reset-password",
    description = "Make a one-time link with which an account's owner chooses a new password.")
public final class UserResetPasswordCommand implements Runnable {
  private final Invocation invocation;
  private final Users users;

  @Parameters(paramLabel = "EMAIL", description = "The account's e-mail address.")
  private @Nullable String email;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Changes accounts of the instance that is meant. */
  public UserResetPasswordCommand(Invocation invocation, Users users) {
    this.invocation = invocation;
    this.users = users;
  }

  @Override
  public void run() {
    String address = Emails.require(email);
    if (plan) {
      PlanLine.print(
          invocation.output(), "user reset-password", "make a one-time link for " + address);
      return;
    }
    AccountView.print(
        invocation.output(), users.resetPassword(invocation.site(), address), "made a link");
  }
}
