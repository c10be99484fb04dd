package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.Found;
import dev.nanoctl.appliance.plan.InstallFacts;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.plan.UninstallFacts;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.process.SystemAccounts;
import dev.nanoctl.core.Ids;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the machine before a plan is made; changes nothing. */
final class Survey {
  private final Layout layout;
  private final Surroundings surroundings;
  private final Driver driver;

  Survey(Layout layout, Surroundings surroundings, Driver driver) {
    this.layout = layout;
    this.surroundings = surroundings;
    this.driver = driver;
  }

  /** The configuration the instance will have: the site's own, or the ordered one. */
  static SiteConfig config(Layout layout, InstallOrder order) {
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
    SiteConfig config = config(layout, order);
    Optional<Instance> before = Instance.find(layout.site());
    String id =
        before.map(Instance::id).orElseGet(() -> new Ids(surroundings.clock()).get().toString());
    String account = driver.account(config);
    var found =
        new Found(
            Files.exists(layout.root()),
            Files.exists(layout.site().config()),
            driver.data(layout, id, account),
            OsAccount.named(account).isPresent());
    Supervision supervision = order.systemd() ? systemd() : Supervision.DAEMON;
    ConfigText text = order.config();
    return new InstallFacts(
        id,
        found,
        new InstallFacts.Ordered(text.yaml(), order.adminEmail()),
        driver.ports(config, before),
        new InstallFacts.Host(account, supervision),
        unit(supervision, id));
  }

  UninstallFacts uninstallFacts(boolean purge) {
    Instance instance = Instance.requireNoted(layout.site());
    driver.data(layout, instance.id(), instance.account());
    return new UninstallFacts(
        instance.id(),
        instance.supervision(),
        unit(instance.supervision(), instance.id()),
        new UninstallFacts.Account(instance.account(), SystemAccounts.madeHere(instance.account())),
        instance.external().isPresent(),
        purge);
  }

  /** A problem when the data directory is not this instance's own. */
  void examineData(SiteConfig config) {
    Optional<Instance> instance = Instance.find(layout.site());
    driver.data(
        layout,
        instance.map(Instance::id).orElse(""),
        instance.map(Instance::account).orElseGet(() -> driver.account(config)));
  }

  private static Path unit(Supervision supervision, String id) {
    return Systemd.file(supervision, id, Path.of(System.getProperty("user.home")));
  }

  private static Supervision systemd() {
    return Systemd.found(
        Path.of("/"),
        OsAccount.current(),
        Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).orElse(""));
  }
}
