package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import java.util.List;

/** Shows accounts. */
final class AccountView {
  private AccountView() {}

  static void members(JsonWriter json, Users.User account) {
    json.field("id", account.id())
        .field("email", account.email())
        .field("username", account.username())
        .field("role", account.role())
        .field("status", account.status())
        .field("createdAt", account.createdAt());
  }

  static void print(Output output, Users.Invitation invitation, String done) {
    Users.User account = invitation.account();
    if (output.wishes().json()) {
      output.json(json ->
          json.object("user", user -> members(user, account))
              .field("link", invitation.link().toString()));
    } else {
      output.row(Row.of(Glyph.DONE, done, account.email() + " · " + account.role()), 0);
      output.pairs(List.of(List.of("one-time link, valid 1 h", invitation.link().toString())));
    }
  }
}
