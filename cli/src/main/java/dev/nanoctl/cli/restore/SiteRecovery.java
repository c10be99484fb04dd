package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.LostInstance;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RestoreAction;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.backup.TargetText;
import dev.nanoctl.cli.backup.Targets;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.Recoveries;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Rebuilds a lost instance from its repository and a recovery kit. Configuration and secrets are
 * written first, so that everything after them works as it does in a site that was never lost; the
 * server starts only on the restored database.
 */
public final class SiteRecovery implements Recoveries {
  private final InstantSource clock;
  private final Function<SiteFolder, LostInstance> lost;
  private final SiteRestores restores;
  private final Uncut uncut;

  /** Does work that must not simply be cut off when the process is asked to end. */
  @FunctionalInterface
  public interface Uncut {
    /** Does it to its end. */
    InstallSummary run(Supplier<InstallSummary> work);
  }

  /**
   * Recovers with the steps of those restores.
   *
   * @param lost what rebuilds an instance in a folder
   */
  public SiteRecovery(
      InstantSource clock,
      Function<SiteFolder, LostInstance> lost,
      SiteRestores restores,
      Uncut uncut) {
    this.clock = clock;
    this.lost = lost;
    this.restores = restores;
    this.uncut = uncut;
  }

  /** What the repository holds of a site, and how it is reached now. */
  private record Found(ConfigText config, Target target, Snapshot snapshot) {}

  @Override
  public Plan plan(SiteFolder site, Wish wish) {
    refuseInstalled(site);
    try (SiteVault vault = open(wish)) {
      Found found = look(site, vault, wish);
      return lost.apply(site).plan(order(found.config(), wish));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InstallSummary recover(SiteFolder site, Wish wish, Progress progress) {
    refuseInstalled(site);
    LostInstance instance = lost.apply(site);
    var written = new WrittenFirst(new Layout(site));
    LostInstance.Wanted wanted;
    try (SiteVault vault = open(wish)) {
      Found found = look(site, vault, wish);
      InstallOrder order = order(found.config(), wish);
      instance.requireRoom(order);
      JsonObject facts =
          JsonObject.builder().put("to", wish.to()).put("target", found.target().name()).build();
      wanted = new LostInstance.Wanted(order, written.prepared(), facts);
      write(site, found, wish);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return uncut.run(() -> {
      try {
        return instance.recover(wanted, this::actor, progress);
      } catch (RuntimeException e) {
        if (!instance.unfinished()) {
          written.remove();
        }
        throw e;
      }
    });
  }

  /** Goes on with a recovery that was interrupted; false if none was. */
  public boolean resume(SiteFolder site, Progress progress) {
    return lost.apply(site).resume(this::actor, progress);
  }

  private static InstallOrder order(ConfigText config, Wish wish) {
    SiteConfig site = new SiteConfigFile(Path.of("nanoctl.yml")).require(config);
    return new InstallOrder(config, site.site().contact().orElse(""), wish.systemd());
  }

  private static void refuseInstalled(SiteFolder site) {
    if (Instance.find(site).filter(Instance::installed).isPresent()) {
      throw new Problem.Usage(
              "NC-RECOVER-INSTALLED",
              "there is an instance in " + site.root(),
              "nanoctl restore brings its data back; --site DIR names another folder")
          .raise();
    }
  }

  private SiteVault open(Wish wish) {
    return SiteVault.recover(
        Targets.of(wish.place()), Targets.account(wish.place()), KitFile.read(wish.kit()), clock);
  }

  /** A configuration that was prepared here is taken instead of the one in the backup. */
  private static Found look(SiteFolder site, SiteVault vault, Wish wish) throws IOException {
    RecoveryWish what = RecoveryWish.parse(wish.to(), ZoneId.systemDefault());
    Snapshot snapshot = choose(vault, what);
    var file = new SiteConfigFile(site.config());
    ConfigText then = config(snapshot);
    ConfigText base = Files.exists(file.path()) ? file.text() : then;
    if (file.require(then).site().engine() != file.require(base).site().engine()) {
      throw new Problem.Usage(
              "NC-RECOVER-ENGINE",
              "%s names another engine than the lost instance had".formatted(file.path()),
              "take it away, or set site.engine in it as it was")
          .raise();
    }
    SiteConfig config = file.require(base);
    boolean elsewhere = file.require(then).postgres().external().isPresent();
    if (elsewhere != config.postgres().external().isPresent()) {
      throw new Problem.Usage(
              "NC-RECOVER-ENGINE",
              "%s and the backup differ in whether somebody else runs the database"
                  .formatted(file.path()),
              "take it away, or set postgres.external in it as the lost instance had it")
          .raise();
    }
    String place = vault.target().place().shown();
    String name =
        config.backup().targets().stream()
            .filter(target -> target.place().shown().equals(place))
            .map(Target::name)
            .findFirst()
            .orElse("first");
    ConfigText text = TargetText.with(base, name, wish.place());
    return new Found(text, file.require(text).backup().target(name).orElseThrow(), snapshot);
  }

  private static Snapshot choose(SiteVault vault, RecoveryWish wish) throws IOException {
    return WholeBackups.are(vault.vault(), wish)
        ? WholeBackups.newest(vault.vault(), wish)
        : Recovery.choose(vault.vault(), vault.log(), wish).snapshot();
  }

  /** The configuration in a backup. */
  static ConfigText config(Snapshot snapshot) throws IOException {
    for (SnapshotFile file : snapshot.manifest().files()) {
      if (file.part() == Part.CONFIG && file.source().path().equals("nanoctl.yml")) {
        return new ConfigText(
            new String(SiteFiles.content(snapshot, file), StandardCharsets.UTF_8));
      }
    }
    throw new Problem.Verification(
            "NC-RECOVER-CONFIG",
            "the backup does not hold nanoctl.yml",
            "nanoctl backup list shows others; recover --to ID takes one of them")
        .raise();
  }

  private static void write(SiteFolder site, Found found, Wish wish) throws IOException {
    var layout = new Layout(site);
    Performer.privateFolder(layout.root());
    Performer.privateFolder(layout.state());
    Performer.privateFolder(layout.backup());
    Optional<byte[]> password = preparedPassword(layout, found);
    SiteFiles.write(found.snapshot(), layout.root(), Set.of(Part.SECRETS));
    if (password.isPresent()) {
      DurableFile.write(layout.secret(SecretNames.DATABASE), password.get(), "rw-------");
    }
    SiteFiles.writeImages(found.snapshot(), layout.root());
    Optional<Backups.Account> account = wish.place().account();
    if (account.isPresent()) {
      TargetText.keep(layout, found.target().name(), account.get());
    }
    new SiteConfigFile(site.config()).write(found.config());
  }

  /** The password of a database elsewhere is that of today, where somebody put it there. */
  private static Optional<byte[]> preparedPassword(Layout layout, Found found) throws IOException {
    Path file = layout.secret(SecretNames.DATABASE);
    boolean elsewhere =
        new SiteConfigFile(file).require(found.config()).postgres().external().isPresent();
    return elsewhere && Files.exists(file)
        ? Optional.of(Files.readAllBytes(file))
        : Optional.empty();
  }

  /** Carries out the steps of a recovery. */
  private Actor actor(Actor usual, JsonObject facts, BooleanSupplier stop, Layout layout) {
    var order =
        new RestoreOrder(facts.text("to").orElseThrow(), facts.text("target").orElseThrow(), false);
    return action -> perform(action, usual, order, stop, layout);
  }

  private String perform(
      Action action, Actor usual, RestoreOrder order, BooleanSupplier stop, Layout layout)
      throws IOException, InterruptedException, SQLException {
    if (!(action instanceof RestoreAction)) {
      String said = usual.perform(action);
      if (action instanceof Action.MarkInstalled) {
        restores.forget(Instance.find(layout.site()).orElseThrow());
      }
      return said;
    }
    Instance instance = Instance.find(layout.site()).orElseThrow();
    String said = restores.actor(instance, usual, order, stop).perform(action);
    if (action instanceof RestoreAction.SwitchIn) {
      for (Target target : new SiteConfigFile(layout.site().config()).load().backup().targets()) {
        Targets.adopt(instance, target, clock);
      }
    }
    return said;
  }
}
