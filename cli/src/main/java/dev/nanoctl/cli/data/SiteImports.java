package dev.nanoctl.cli.data;

import dev.nanoctl.cli.command.Imports;
import dev.nanoctl.cli.serve.ServerSettings;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.account.Account;
import dev.nanoctl.server.account.Accounts;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.importing.ImportListener;
import dev.nanoctl.server.importing.ImportSummary;
import dev.nanoctl.server.main.ImportTool;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** Imports into an instance's database and object store, beside its running server. */
public final class SiteImports implements Imports {
  private static final int CONNECTIONS = 6;
  private static final int MANY = 10_000;

  private final SiteDatabase database;

  /** Imports into the databases of instances. */
  public SiteImports(SiteDatabase database) {
    this.database = database;
  }

  @Override
  public ImportSummary run(
      SiteFolder site, Path source, Optional<String> as, ImportListener listener) {
    return database.with(
        site,
        CONNECTIONS,
        session -> {
          Account admin = as.map(email -> named(session, email)).orElseGet(() -> first(session));
          var objects = SiteObjects.of(session.instance(), session.config());
          try (ImportTool tool =
              ImportTool.open(
                  session.platform(), objects, ServerSettings.clamd(session.config()))) {
            return tool.run(source, Accounts.atCommandLine(admin), listener);
          }
        });
  }

  private static Account named(SiteDatabase.Session session, String email) {
    Account account = SiteUsers.require(SiteUsers.accounts(session), email);
    if (account.role() != Role.ADMIN) {
      throw new Problem.Usage(
              "NC-IMPORT-ACCOUNT",
              email + " is no administrator, and imports are published without review",
              "name an administrator, or: nanoctl user role " + email + " admin")
          .raise();
    }
    return account;
  }

  /** The administrator the site names, else the oldest. */
  private static Account first(SiteDatabase.Session session) {
    Accounts accounts = SiteUsers.accounts(session);
    return session
        .config()
        .site()
        .contact()
        .flatMap(accounts::find)
        .filter(account -> account.role() == Role.ADMIN)
        .or(() ->
            accounts.list("", new Page(1, MANY)).accounts().stream()
                .filter(account -> account.role() == Role.ADMIN)
                .min(Comparator.comparing(Account::createdAt)))
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-IMPORT-ACCOUNT",
                    "there is no administrator under whose name to publish",
                    "nanoctl user create EMAIL --role admin")
                .raise());
  }
}
