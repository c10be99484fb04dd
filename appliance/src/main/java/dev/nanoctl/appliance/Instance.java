package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.postgres.ClusterInit;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/**
 * Who an instance is, as noted in its site folder.
 *
 * @param id stamped on everything it owns
 * @param installed false while it is being installed, and after it was removed with its data kept
 * @param account who PostgreSQL runs as
 * @param ports chosen once and kept
 */
public record Instance(
    Layout layout,
    String id,
    boolean installed,
    String account,
    Ports ports,
    Supervision supervision) {
  /** The application's database, and the role that owns it. */
  public static final String DATABASE = DatabaseLogin.OWNER;

  /** The installed instance in that folder, or a problem that says there is none. */
  public static Instance require(SiteFolder site) {
    return find(site)
        .filter(Instance::installed)
        .orElseThrow(() ->
            new Problem.NotInstalled(
                    "NC-NOT-INSTALLED",
                    "there is no instance in " + site.root(),
                    "nanoctl install makes one; --site names another folder")
                .raise());
  }

  /** The instance in that folder, even one that is only just being installed. */
  static Instance requireNoted(SiteFolder site) {
    return find(site).orElseGet(() -> require(site));
  }

  /** What is noted in that folder, installed or not. */
  public static Optional<Instance> find(SiteFolder site) {
    var layout = new Layout(site);
    try {
      return Optional.of(parse(layout, Json.parseObject(Files.readString(layout.instance()))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException | JsonTypeException | IllegalArgumentException e) {
      throw new Problem.Configuration(
              "NC-INSTANCE-DAMAGED",
              "%s is damaged: %s".formatted(layout.instance(), e.getMessage()),
              "restore the file from a copy; it holds the instance's id and ports")
          .raise(e);
    }
  }

  /** The database that somebody else runs for it; empty where it runs its own. */
  public Optional<ExternalDatabase> external() {
    return ports.external();
  }

  /** Goes on only where the instance runs its database itself; that verb needs it. */
  public void requireOwnDatabase(String verb, String instead) {
    external()
        .ifPresent(database -> {
          throw new Problem.Configuration(
                  "NC-DATABASE-EXTERNAL",
                  "%s is not for this instance: its database %s is run by somebody else"
                      .formatted(verb, database.shown()),
                  instead)
              .raise();
        });
  }

  /** Where its own database answers on this machine. */
  public int postgresPort() {
    requireOwnDatabase(
        "what needs PostgreSQL on this machine", "ask whoever runs the database to do it");
    return ports.of(Ports.POSTGRES);
  }

  /** The application's database and role, wherever it is. */
  public DatabaseAddress database() {
    return external().map(this::database).orElseGet(this::ownDatabase);
  }

  /** That database, entered with the password that is this instance's secret. */
  DatabaseAddress database(ExternalDatabase database) {
    return DatabaseAddress.of(database.in(layout.site()), secret(SecretNames.DATABASE));
  }

  private DatabaseAddress ownDatabase() {
    DatabaseLogin login = DatabaseLogin.of(secret(SecretNames.DATABASE));
    return new DatabaseAddress(postgresPort(), DATABASE, login.role(), login.password());
  }

  /**
   * The superuser, for maintenance and backups of its own database. A problem where the database is
   * {@linkplain #external() external}: nobody is superuser there on nanoctl's behalf.
   */
  public DatabaseAddress superuser() {
    requireOwnDatabase(
        "what needs the superuser of PostgreSQL", "ask whoever runs the database to do it");
    return new DatabaseAddress(
        postgresPort(),
        "postgres",
        switch (ports.engine()) {
          case EMBEDDED -> ClusterInit.SUPERUSER;
          case DOCKER -> "postgres";
        },
        secret(SecretNames.POSTGRES));
  }

  /** One of its secrets. */
  public Secret secret(String name) {
    try {
      return new Secret(Files.readString(layout.secret(name)).strip());
    } catch (IOException e) {
      throw new Problem.Configuration(
              "NC-SECRET-MISSING",
              "the secret %s cannot be read: %s".formatted(name, e.getMessage()),
              "run the command as the account that installed, or restore the file from a backup")
          .raise(e);
    }
  }

  Instance installed(boolean now) {
    return new Instance(layout, id, now, account, ports, supervision);
  }

  Instance with(Ports others) {
    return new Instance(layout, id, installed, account, others, supervision);
  }

  void write() throws IOException {
    DurableFile.write(
        layout.instance(),
        Json.text(
                JsonObject.builder()
                    .put("id", id)
                    .put("installed", installed)
                    .put("account", account)
                    .put("ports", ports.json())
                    .put("supervision", supervision.name().toLowerCase(Locale.ROOT))
                    .build())
            .getBytes(StandardCharsets.UTF_8),
        "rw-------");
  }

  private static Instance parse(Layout layout, JsonObject json) {
    return new Instance(
        layout,
        text(json, "id"),
        json.bool("installed").orElse(false),
        text(json, "account"),
        ports(json),
        Supervision.valueOf(text(json, "supervision").toUpperCase(Locale.ROOT)));
  }

  /** Before there were engines to choose from, only the database's port was noted. */
  private static Ports ports(JsonObject json) {
    return json.object("ports")
        .map(Ports::of)
        .orElseGet(() -> Ports.embedded(Math.toIntExact(json.integer("postgres_port").orElse(0))));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }
}
