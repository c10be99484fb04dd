package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.NewSite;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nanoctl install}. */
@Command(
    name = "install",
    sortOptions = false,
    description = {
      "Set up an instance on this machine and start it. A second run changes nothing.",
      "At most three questions are asked, on a terminal only; --yes asks none."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:installed, or was installed before",
      "2:an option is wrong",
      "12:this machine is not fit; nothing was changed",
      "17:failed, and all that was done is undone",
      "130:interrupted, and all that was done is undone"
    })
public final class InstallCommand implements Runnable {
  private final Invocation invocation;
  private final Engine engine;
  private final Backups backups;
  private final Operations operations;
  private final InstantSource clock;

  @Mixin private final InstallOptions options = new InstallOptions();

  @Mixin private final DatabaseOptions database = new DatabaseOptions();

  @Option(
      names = "--backup-target",
      paramLabel = "LOCATION",
      description = "Keep backups there: a directory such as /mnt/backup, or s3://BUCKET/PREFIX.")
  private @Nullable String backupTarget;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--kit",
      paramLabel = "FILE",
      description =
          "Write the recovery kit of the backups there instead of showing it; .html makes a page.")
  private @Nullable Path kit;

  @Option(
      names = "--no-systemd",
      description = "Run as a plain daemon even where systemd is the init system.")
  private boolean plainDaemon;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask nothing.")
  private boolean yes;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Installs the instance that is meant. */
  public InstallCommand(
      Invocation invocation,
      Engine engine,
      Backups backups,
      Operations operations,
      InstantSource clock) {
    this.invocation = invocation;
    this.engine = engine;
    this.backups = backups;
    this.operations = operations;
    this.clock = clock;
  }

  @Override
  public void run() {
    Map<String, String> chosen = options.chosen();
    database.choose(chosen);
    boolean known = Files.exists(invocation.site().config());
    InstallOrder order = known ? orderAsBefore(chosen) : newOrder(chosen);
    Optional<TargetEntry> entry =
        Optional.ofNullable(backupTarget)
            .filter(location -> !(known && isKept(location)))
            .map(this::entry);
    Output output = invocation.output();
    if (plan) {
      StepLines.print(output, engine.planInstall(invocation.site(), order));
      return;
    }
    // a place that is no good should be told of before anything is installed
    entry.ifPresent(wanted -> backups.tryPlace(wanted.wanted()));
    Instant start = clock.instant();
    InstallSummary summary;
    try (var steps = new StepLines(output, clock)) {
      summary = engine.install(invocation.site(), order, steps);
    }
    if (output.wishes().json()) {
      entry.ifPresent(wanted -> enter(() -> wanted.add(backups)));
      printJson(summary, entry);
    } else {
      print(summary, Duration.between(start, clock.instant()));
      entry.ifPresent(wanted -> enter(() -> wanted.tell(wanted.add(backups))));
    }
  }

  private boolean isKept(String location) {
    Map<String, String> values = invocation.configFile().text().values();
    return Stream.of("backup.first.location", "backup.second.location")
        .anyMatch(key -> location.equals(values.get(key)));
  }

  private TargetEntry entry(String location) {
    return TargetEntry.of(
        invocation,
        place.target("--backup-target", location, invocation.prompts(), "install"),
        kit,
        "install");
  }

  private void enter(Runnable target) {
    operations.exclusively(invocation.site(), "backup target add", target);
  }

  /** The site exists: it stays as it is, and options must not say otherwise. */
  private InstallOrder orderAsBefore(Map<String, String> chosen) {
    SiteConfigFile file = invocation.configFile();
    ConfigText text = file.text();
    SiteConfig config = file.load();
    chosen.forEach((key, value) -> requireSame(text, key, value));
    return order(text, config);
  }

  private InstallOrder order(ConfigText text, SiteConfig config) {
    Path kept = new Layout(invocation.site()).secret(SecretNames.DATABASE);
    boolean external = config.postgres().external().isPresent();
    return new InstallOrder(
        text,
        email(config),
        !plainDaemon,
        plan ? Optional.empty() : database.password(external, kept, invocation.prompts()));
  }

  private static String email(SiteConfig config) {
    return config.site().contact().orElse("admin@nanoctl.internal");
  }

  private void requireSame(ConfigText text, String key, String value) {
    String now =
        text.values().getOrDefault(key, SiteKeys.named(key).map(ConfigKey::fallback).orElse(""));
    if (!now.equals(value)) {
      throw new Problem.Usage(
              "NC-SITE-DIFFERS",
              "the site exists with "
                  + key
                  + " "
                  + (now.isEmpty() ? "unset" : now)
                  + ", not "
                  + value,
              invocation.command("config set " + key + " " + value)
                  + ", then "
                  + invocation.command("restart"))
          .raise();
    }
  }

  private InstallOrder newOrder(Map<String, String> chosen) {
    new InstallQuestions(invocation.prompts()).complete(chosen, yes || plan);
    ConfigText text = NewSite.text(chosen);
    SiteConfig config = invocation.configFile().require(text);
    return order(text, config);
  }

  private void print(InstallSummary summary, Duration took) {
    Output output = invocation.output();
    if (!summary.changed()) {
      output.row(
          Row.of(Glyph.DONE, "nothing to do", "installed before in " + invocation.site().root()),
          0);
    } else if (!output.wishes().quiet()) {
      output.gap();
      output.heading("Ready in " + Amounts.age(took) + ".");
    }
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("open", summary.url().toString()));
    summary
        .signIn()
        .ifPresent(link ->
            pairs.add(
                List.of("sign in", summary.adminEmail() + " · one-time link, valid 1 h: " + link)));
    // with acme the own authority only signs a stand-in, for a minute
    boolean acme = invocation.configFile().load().server().tls().mode() == SiteConfig.TlsMode.ACME;
    if (!acme && Files.exists(summary.instance().layout().authority())) {
      pairs.add(
          List.of(
              "trust",
              summary.instance().layout().authority() + " · import it into browsers once"));
    }
    if (summary.changed()) {
      pairs.add(List.of("password", "in " + passwordFile(summary)));
      pairs.add(
          List.of(
              "next", invocation.command("import PATH") + " · " + invocation.command("status")));
    }
    output.pairs(pairs);
  }

  private static Path passwordFile(InstallSummary summary) {
    return AdminPassword.file(summary.instance().layout());
  }

  private void printJson(InstallSummary summary, Optional<TargetEntry> entry) {
    StatusReport report = engine.status(invocation.site());
    var view =
        new StatusView(
            report,
            backups.health(invocation.site()),
            invocation.configFile().load(),
            clock.instant());
    invocation
        .output()
        .json(json -> {
          view.members(json);
          entry.flatMap(TargetEntry::kit).ifPresent(file -> json.field("kit", file.toString()));
          json.field("changed", summary.changed())
              .object(
                  "admin",
                  admin -> {
                    admin
                        .field("email", summary.adminEmail())
                        .field("passwordFile", passwordFile(summary).toString());
                    summary.signIn().ifPresent(l -> admin.field("link", l.toString()));
                  });
        });
  }
}
