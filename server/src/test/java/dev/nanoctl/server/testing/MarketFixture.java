package dev.nanoctl.server.testing;

import dev.nanoctl.core.Ids;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.Market;
import dev.nanoctl.server.main.Platform;
import dev.nanoctl.server.main.SharedConfig;
import dev.nanoctl.server.moderation.Decision;
import dev.nanoctl.server.moderation.Verdict;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NewVersion;
import dev.nanoctl.server.nano.Semver;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** People, packages and nanos in a database, made through the services themselves. */
public final class MarketFixture {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Jdbi jdbi;
  private final Market market;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  /** A market beside whatever else works on this database. */
  public MarketFixture(Jdbi jdbi, InstantSource clock) {
    this(jdbi, clock, SharedConfig.Kind.ALONE);
  }

  /** A market beside servers that hear of changes so. */
  public MarketFixture(Jdbi jdbi, InstantSource clock, SharedConfig.Kind shared) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = new Ids(clock);
    this.market = new Market(Platform.beside(jdbi, clock, ids, shared));
  }

  /** The services. */
  public Market market() {
    return market;
  }

  /** The database. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** A new account in this role. */
  public Principal person(Role role) {
    UUID id = ids.get();
    String name = role.tag() + COUNT.incrementAndGet();
    jdbi.useHandle(tx ->
        tx.createUpdate(
                """
                INSERT INTO app_user
                    (id, email, username, role, status, first_name, last_name, created_at,
                     updated_at)
                VALUES (:id, :email, :name, :role, 'active', 'Ada', 'Lovelace', :now, :now)
                """)
            .bind("id", id)
            .bind("email", name + "@example.org")
            .bind("name", name)
            .bind("role", role.tag())
            .bind("now", clock.instant())
            .execute());
    return new Principal(id, name, role, ids.get());
  }

  /** A client that is signed in as this person, or as nobody. */
  public TestClient client(TestServer server, @Nullable Principal who) {
    if (who == null) {
      return server.client();
    }
    String token = who.session() + "-" + COUNT.incrementAndGet();
    jdbi.useHandle(tx ->
        tx.createUpdate(
                """
                WITH begun AS (
                  INSERT INTO session (id, user_id, csrf_token, user_agent, ip_prefix,
                                       created_at, used_at, expires_at)
                  VALUES (gen_random_uuid(), :user, 'csrf', 'test', '127.0.0.0/24', :now, :now,
                          CAST(:now AS timestamptz) + interval '1 day')
                  RETURNING id)
                INSERT INTO access_token (hash, session_id, expires_at)
                SELECT sha256(CAST(:token AS bytea)), id,
                       CAST(:now AS timestamptz) + interval '1 day'
                  FROM begun
                """)
            .bind("user", who.id())
            .bind("now", clock.instant())
            .bind("token", token)
            .execute());
    return server.client().with("Authorization", "Bearer " + token);
  }

  /** A package that was found valid. */
  public UUID contents(String text) {
    UUID id = ids.get();
    String sha256 = (id.toString().replace("-", "") + "0".repeat(64)).substring(0, 64);
    jdbi.useHandle(tx ->
        tx.createUpdate(
                """
                INSERT INTO package
                    (id, sha256, size, kind, entries, unpacked_size, launch_file, scan, report,
                     text, created_at)
                VALUES (:id, :sha256, 1234, 'html', 1, 4321, 'index.html', 'clean', '{}',
                        :text, :now)
                """)
            .bind("id", id)
            .bind("sha256", sha256)
            .bind("text", text)
            .bind("now", clock.instant())
            .execute());
    return id;
  }

  /** A form that lacks nothing, with this title. */
  public static JsonObject form(String title) {
    return Json.parseObject(
        """
        {"title": "%s", "description": "Worum es geht", "duration_minutes": 6, "level": 2,
         "language": "de", "formats": ["text"], "categories": ["textverarbeitung"],
         "tags": ["Brief"], "licence": "CC-BY-4.0", "rights_confirmed": true}
        """
            .formatted(title));
  }

  /** A draft that may be submitted. */
  public UUID draft(Principal creator, String title) {
    Caller caller = Caller.of(creator);
    UUID id = market.nanos().create(caller, form(title));
    addVersion(creator, id, "1.0.0");
    return id;
  }

  /** Adds a version with a package of its own. */
  public void addVersion(Principal creator, UUID nanoId, String semver) {
    UUID contents = contents("Inhalt von " + semver);
    var version = new NewVersion(Semver.of(semver).orElseThrow(), "Neu", contents);
    jdbi.useTransaction(
        tx -> market.versions().addVersion(tx, Caller.of(creator), nanoId, version));
  }

  /** A nano that waits for its review. */
  public UUID submitted(Principal creator, String title) {
    UUID id = draft(creator, title);
    market.nanos().submit(Caller.of(creator), id);
    return id;
  }

  /** A published nano. */
  public UUID published(Principal creator, String title) {
    UUID id = submitted(creator, title);
    approve(id);
    return id;
  }

  /** Approves what waits of this nano. */
  public void approve(UUID nanoId) {
    var decision = new Decision(Verdict.APPROVE, null, null);
    market.reviews().decide(Caller.of(person(Role.MODERATOR)), openCase(nanoId), decision);
  }

  /** The case in which this nano waits for its review. */
  public UUID openCase(UUID nanoId) {
    return jdbi.withHandle(tx ->
        tx.createQuery("SELECT id FROM moderation_case WHERE nano_id = :id AND status = 'open'")
            .bind("id", nanoId)
            .mapTo(UUID.class)
            .one());
  }

  /** The first page of any list. */
  public static Page first() {
    return new Page(1, 20);
  }
}
