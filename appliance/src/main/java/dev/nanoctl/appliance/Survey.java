package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.Found;
import dev.nanoctl.appliance.plan.InstallFacts;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.DataDirectory;
import dev.nanoctl.appliance.postgres.PostgresPrograms;
import dev.nanoctl.appliance.postgres.ProgramsArchive;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.process.SystemAccounts;
import dev.nanoctl.core.Ids;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the machine before a plan is made; changes nothing. */
final class Survey {
  private final Layout layout;
  private final Surroundings surroundings;

  Survey(Layout layout, Surroundings surroundings) {
    this.layout = layout;
    this.surroundings = surroundings;
  }

  /** The configuration the instance will have: the site's own, or the ordered one. */
  SiteConfig config(InstallOrder order) {
    var file = new SiteConfigFile(layout.site().config());
    if (Files.exists(file.path())) {
      return file.load();
    }
    return switch (order.config().check()) {
      case ConfigCheck.Valid(SiteConfig config) -> config;
      case ConfigCheck.Invalid invalid -> throw file.invalid(invalid.errors()).raise();
    };
  }

  InstallFacts facts(InstallOrder order) {
    SiteConfig config = config(order);
    Optional<Instance> before = Instance.find(layout.site());
    String id =
        before.map(Instance::id).orElseGet(() -> new Ids(surroundings.clock()).get().toString());
    OsAccount current = OsAccount.current();
    String account = current.isRoot() ? surroundings.account() : current.name();
    var found =
        new Found(
            Files.exists(layout.root()),
            Files.exists(layout.site().config()),
            data(id, account),
            OsAccount.named(account).isPresent());
    Supervision supervision = order.systemd() ? systemd(current) : Supervision.DAEMON;
    ConfigText text = order.config();
    return new InstallFacts(
        id,
        found,
        new InstallFacts.Ordered(text.yaml(), order.adminEmail()),
        port(config, before),
        new InstallFacts.Host(account, supervision),
        unit(supervision, id));
  }

  UninstallFacts uninstallFacts(boolean purge) {
    Instance instance = Instance.requireNoted(layout.site());
    data(instance.id(), instance.account());
    return new UninstallFacts(
        instance.id(),
        instance.supervision(),
        unit(instance.supervision(), instance.id()),
        instance.account(),
        SystemAccounts.madeHere(instance.account()),
        purge);
  }

  /** A problem when the data directory is not this instance's own. */
  void examineData() {
    OsAccount current = OsAccount.current();
    Optional<Instance> instance = Instance.find(layout.site());
    data(
        instance.map(Instance::id).orElse(""),
        instance
            .map(Instance::account)
            .orElse(current.isRoot() ? surroundings.account() : current.name()));
  }

  private static Path unit(Supervision supervision, String id) {
    return Systemd.file(supervision, id, Path.of(System.getProperty("user.home")));
  }

  private static Supervision systemd(OsAccount current) {
    return Systemd.found(
        Path.of("/"), current, Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).orElse(""));
  }

  /** Whether this instance's data are there; a problem when somebody else's are. */
  private boolean data(String id, String account) {
    if (!Files.exists(layout.postgres().resolve("data"))) {
      return false;
    }
    ProgramsArchive archive = ProgramsArchive.here();
    PostgresPrograms programs =
        surroundings
            .programs()
            .find(archive)
            .orElse(new PostgresPrograms(layout.postgres(), archive.version()));
    OsAccount owner = OsAccount.named(account).orElse(OsAccount.current());
    return switch (DataDirectory.examine(new Cluster(programs, layout.postgres(), owner), id)) {
      case DataDirectory.Absent() -> false;
      case DataDirectory.Ours() -> true;
      case DataDirectory.Refused(Problem why) -> throw why.raise();
    };
  }

  private static int port(SiteConfig config, Optional<Instance> before) {
    return config
        .postgres()
        .port()
        .or(() -> before.map(Instance::postgresPort))
        .orElseGet(Survey::freePort);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
