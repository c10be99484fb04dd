package dev.nanoctl.server.main;

import dev.nanoctl.server.account.Account;
import dev.nanoctl.server.account.TrialAccounts;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.media.TrialMedia;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.nano.NanoTrail;
import dev.nanoctl.server.nano.TrialNanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Makes the people of a self-test beside a running server, and removes them with all they left: a
 * way through the front door leaves things that the front door keeps for a while, such as deleted
 * nanos and the pieces of uploads.
 */
public final class TrialTool implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Platform platform;
  private final ObjectStore objects;
  private final TrialAccounts accounts;
  private final TrialNanos nanos;
  private final TrialMedia media;

  private TrialTool(Platform platform, ObjectStore objects) {
    this.platform = platform;
    this.objects = objects;
    this.accounts =
        new TrialAccounts(platform.jdbi(), platform.audit(), platform.clock(), platform.ids());
    this.nanos =
        new TrialNanos(new NanoTrail(platform.audit(), platform.outbox(), platform.changes()));
    this.media = new TrialMedia(objects);
  }

  /**
   * A tool for this site.
   *
   * @param platform what every tool beside a server is built from; its database stays open
   * @param where where packages are kept, as in {@link ServerConfig#objects()}
   */
  public static TrialTool open(Platform platform, ObjectsConfig where) {
    return new TrialTool(platform, where.open());
  }

  /** Makes an account with that role, and a password that nobody else knows. */
  public TrialAccounts.Made make(Role role) {
    return accounts.make(role);
  }

  /**
   * Removes all accounts of self-tests, also of such as were killed, with all that is theirs: jobs,
   * uploads and their pieces, nanos, packages. All goes in one transaction, so that what could not
   * be removed is found the next time.
   *
   * @return how many accounts there were
   */
  public int removeAll() throws InterruptedException {
    List<Account> all = accounts.all();
    all.forEach(accounts::lockOut);
    for (Account account : all) {
      awaitJobs(account.id());
    }
    platform
        .jdbi()
        .useTransaction(tx -> {
          all.forEach(account -> removeWork(tx, account));
          all.forEach(account -> accounts.remove(tx, account));
        });
    return all.size();
  }

  private void removeWork(Handle tx, Account account) {
    platform.jobs().forget(tx, account.id());
    media.removeUploads(tx, account.id());
    List<UUID> packages = nanos.remove(tx, account.id());
    packages.forEach(id -> media.removePackage(tx, id));
  }

  /** A job that is being done would bring something in that nobody removes afterwards. */
  private void awaitJobs(UUID owner) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (platform.jobs().running(owner) && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
    }
  }

  /**
   * What is left in the database and the object store of a self-test that was removed; empty when
   * nothing is.
   *
   * @param nano the one it made; empty when it did not come so far
   * @param upload the same of its upload
   */
  public List<String> left(Optional<UUID> nano, Optional<UUID> upload, Sha256 sha256) {
    List<String> left = new ArrayList<>();
    accounts.all().forEach(account -> left.add("the account " + account.username()));
    media.left(upload, sha256).forEach(key -> left.add("the object " + key));
    nano.filter(id -> rows("SELECT count(*) FROM nano WHERE id = :id", id) > 0)
        .ifPresent(id -> left.add("the nano " + id));
    upload
        .filter(id -> rows("SELECT count(*) FROM upload WHERE id = :id", id) > 0)
        .ifPresent(id -> left.add("the upload " + id));
    return left;
  }

  private long rows(String sql, UUID id) {
    return platform
        .jdbi()
        .withHandle(tx -> tx.createQuery(sql).bind("id", id).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    objects.close();
  }
}
