package dev.nanoctl.cli.data;

import dev.nanoctl.appliance.FirstAdmin;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.cli.command.AdminPassword;
import dev.nanoctl.cli.command.Users;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.account.Account;
import dev.nanoctl.server.account.Accounts;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The accounts of an instance, managed in its database. */
public final class SiteUsers implements Users, FirstAdmin {
  private static final int PAGE = 100;
  private static final int PASSWORD_BYTES = 18;

  private final SiteDatabase database;

  /** Accounts in the databases of instances. */
  public SiteUsers(SiteDatabase database) {
    this.database = database;
  }

  @Override
  public Invitation create(SiteFolder site, String email, String role) {
    return inAccounts(
        site,
        (session, accounts) ->
            invitation(session, accounts, accounts.create(email, role(role), null)));
  }

  @Override
  public List<Users.User> list(SiteFolder site) {
    return inAccounts(
        site,
        (_, accounts) -> {
          var all = new ArrayList<Users.User>();
          Accounts.Found found;
          int page = 1;
          do {
            found = accounts.list("", new Page(page, PAGE));
            found.accounts().forEach(account -> all.add(shown(account)));
            page++;
          } while (all.size() < found.total() && !found.accounts().isEmpty());
          return all;
        });
  }

  @Override
  public Users.User role(SiteFolder site, String email, String role) {
    return inAccounts(
        site,
        (_, accounts) -> {
          Account account = require(accounts, email);
          try {
            return shown(
                accounts.change(
                    AuditEvent.Actor.system(),
                    account.id(),
                    Optional.of(role(role)),
                    Optional.empty()));
          } catch (ApiException e) {
            throw new Problem.Usage(
                    "NC-LAST-ADMIN",
                    email + " is the last account that can administer the instance",
                    "make another one first: nanoctl user role EMAIL admin")
                .raise(e);
          }
        });
  }

  @Override
  public Invitation resetPassword(SiteFolder site, String email) {
    return inAccounts(
        site, (session, accounts) -> invitation(session, accounts, require(accounts, email)));
  }

  @Override
  public URI invite(Instance instance, String email) {
    return database.with(
        instance,
        1,
        session -> {
          Accounts accounts = accounts(session);
          Secret password = password(AdminPassword.file(instance.layout()));
          Account admin =
              accounts.find(email).orElseGet(() -> accounts.create(email, Role.ADMIN, password));
          return invitation(session, accounts, admin).link();
        });
  }

  private interface Work<T> {
    T on(SiteDatabase.Session session, Accounts accounts);
  }

  private <T> T inAccounts(SiteFolder site, Work<T> work) {
    Function<SiteDatabase.Session, T> whole = session -> work.on(session, accounts(session));
    return database.with(site, 1, whole);
  }

  static Accounts accounts(SiteDatabase.Session session) {
    var platform = session.platform();
    return new Accounts(platform.jdbi(), platform.audit(), platform.clock(), platform.ids());
  }

  static Account require(Accounts accounts, String email) {
    return accounts
        .find(email)
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-USER-UNKNOWN",
                    "there is no account with the address " + email,
                    "nanoctl user list shows all")
                .raise());
  }

  private static Invitation invitation(
      SiteDatabase.Session session, Accounts accounts, Account account) {
    Secret token = accounts.oneTimeToken(AuditEvent.Actor.system(), account);
    return new Invitation(
        shown(account), session.config().url().resolve("/anmelden/link#" + token.value()));
  }

  private static Users.User shown(Account account) {
    return new Users.User(
        account.id().toString(),
        account.email(),
        account.username(),
        account.role().tag(),
        account.status().tag(),
        account.createdAt());
  }

  private static Role role(String tag) {
    return Role.ofTag(tag).orElseThrow();
  }

  /** The password in that file, which is made if it is not there yet: 144 random bits. */
  private static Secret password(Path file) {
    try {
      if (Files.exists(file)) {
        return new Secret(Files.readString(file).strip());
      }
      var bytes = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(bytes);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      DurableFile.write(file, (password + "\n").getBytes(StandardCharsets.UTF_8), "rw-------");
      return new Secret(password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
