package dev.nanoctl.appliance.plan;

import dev.nanoctl.appliance.plan.Action.AwaitHealthy;
import dev.nanoctl.appliance.plan.Action.ClaimDatabase;
import dev.nanoctl.appliance.plan.Action.CreateAccount;
import dev.nanoctl.appliance.plan.Action.CreateDatabase;
import dev.nanoctl.appliance.plan.Action.DeleteAccount;
import dev.nanoctl.appliance.plan.Action.InitDatabase;
import dev.nanoctl.appliance.plan.Action.InviteAdmin;
import dev.nanoctl.appliance.plan.Action.MakeFolders;
import dev.nanoctl.appliance.plan.Action.MakeSecrets;
import dev.nanoctl.appliance.plan.Action.MarkRemoved;
import dev.nanoctl.appliance.plan.Action.RecordInstance;
import dev.nanoctl.appliance.plan.Action.ReleaseDatabase;
import dev.nanoctl.appliance.plan.Action.ReleasePrograms;
import dev.nanoctl.appliance.plan.Action.Remove;
import dev.nanoctl.appliance.plan.Action.RenderFiles;
import dev.nanoctl.appliance.plan.Action.StartAgent;
import dev.nanoctl.appliance.plan.Action.StopAll;
import dev.nanoctl.appliance.plan.Action.UnpackPrograms;
import dev.nanoctl.appliance.plan.Action.WriteConfig;
import java.util.ArrayList;
import java.util.List;

/** The plan of an installation. */
public final class InstallPlan {
  /** The folders of a site that an uninstallation always removes. */
  public static final List<String> WORKING_FOLDERS = List.of("run", "logs", "cache");

  /** The folders that hold what people made. */
  public static final List<String> DATA_FOLDERS = List.of("objects", "search");

  private InstallPlan() {}

  /** The steps that lead from what was found to a running instance. */
  public static Plan of(InstallFacts facts) {
    var steps = new ArrayList<Step>();
    prepare(facts, steps);
    database(facts, steps);
    start(facts, steps);
    return new Plan("install", steps);
  }

  /**
   * The steps that lead from a configuration and secrets of a lost instance to that instance,
   * running on what its repository holds. The server starts on nothing else.
   */
  public static Plan recovery(InstallFacts facts) {
    var steps = new ArrayList<Step>();
    prepare(facts, steps);
    if (external(facts)) {
      steps.add(claim(facts));
    } else {
      cluster(facts, steps);
    }
    steps.addAll(external(facts) ? RestorePlans.emptyTables() : RestorePlans.empty());
    run(facts, steps);
    steps.add(SharedSteps.complete());
    return new Plan(RestorePlans.RECOVER, steps);
  }

  private static void prepare(InstallFacts facts, List<Step> steps) {
    String instance = facts.instance();
    if (!facts.found().account()) {
      String account = facts.host().account();
      steps.add(
          Step.of(
              "account",
              "making an account",
              "made an account",
              new CreateAccount(account),
              new DeleteAccount(account)));
    }
    if (!external(facts)) {
      steps.add(
          Step.of(
              "programs",
              "unpacking postgres",
              "unpacked postgres",
              new UnpackPrograms(instance),
              new ReleasePrograms(instance)));
    }
    List<String> working = WORKING_FOLDERS;
    List<String> folders = new ArrayList<>(working);
    folders.addAll(DATA_FOLDERS);
    steps.add(
        Step.of(
            "folders",
            "making the site's folders",
            "made the site's folders",
            new MakeFolders(folders),
            new Remove(facts.found().data() ? working : folders)));
    if (!facts.found().config()) {
      steps.add(
          Step.of(
              "config",
              "writing the site",
              "wrote the site",
              new WriteConfig(facts.ordered().configText()),
              new Remove(List.of("nanoctl.yml"))));
    }
    secrets(facts, steps);
  }

  /** Who prepared a configuration may have put keys beside it, which an undo leaves alone. */
  private static void secrets(InstallFacts facts, List<Step> steps) {
    var secrets = new MakeSecrets(external(facts) ? SecretNames.BESIDE_EXTERNAL : SecretNames.ALL);
    steps.add(
        facts.found().data()
            ? Step.of("secrets", "making secrets", "made the secrets", secrets)
            : Step.of(
                "secrets",
                "making secrets",
                "made the secrets",
                secrets,
                new Remove(facts.found().config() ? ownSecrets(facts) : List.of("secrets"))));
    var record =
        new RecordInstance(
            facts.instance(), facts.ports(), facts.host().supervision(), facts.host().account());
    steps.add(
        Step.of(
            "instance",
            "noting the instance",
            "noted the instance",
            record,
            facts.found().data() ? new MarkRemoved() : new Remove(List.of("state/instance.json"))));
  }

  private static List<String> ownSecrets(InstallFacts facts) {
    return SecretNames.OWN_FILES.stream()
        .filter(name -> !(external(facts) && name.equals(SecretNames.DATABASE)))
        .map(name -> "secrets/" + name)
        .toList();
  }

  private static boolean external(InstallFacts facts) {
    return facts.ports().external().isPresent();
  }

  private static void database(InstallFacts facts, List<Step> steps) {
    if (external(facts)) {
      steps.add(claim(facts));
      return;
    }
    cluster(facts, steps);
    steps.add(
        Step.of(
            "database", "making the tables' home", "made the tables' home", new CreateDatabase()));
  }

  private static Step claim(InstallFacts facts) {
    var claim = new ClaimDatabase(facts.instance());
    return facts.found().data()
        ? Step.of("database", "claiming the database", "claimed the database", claim)
        : Step.of(
            "database",
            "claiming the database",
            "claimed the database",
            claim,
            new ReleaseDatabase(facts.instance()));
  }

  private static void cluster(InstallFacts facts, List<Step> steps) {
    if (!facts.found().data()) {
      steps.add(
          Step.of(
              "initdb",
              "making the database",
              "made the database",
              new InitDatabase(facts.instance()),
              new Remove(List.of("postgres"))));
    }
    steps.add(
        Step.of(
            "render",
            "rendering configuration",
            "rendered configuration",
            new RenderFiles(),
            new Remove(List.of("state/rendered.json", "state/rendered"))));
  }

  private static void start(InstallFacts facts, List<Step> steps) {
    run(facts, steps);
    steps.add(
        Step.of(
            "admin",
            "inviting the first admin",
            "invited the first admin",
            new InviteAdmin(facts.ordered().adminEmail())));
    steps.add(SharedSteps.complete());
  }

  private static void run(InstallFacts facts, List<Step> steps) {
    Supervision supervision = facts.host().supervision();
    SharedSteps.unit(facts).ifPresent(steps::add);
    steps.add(
        Step.of(
            "start",
            "starting the agent",
            "started the agent",
            new StartAgent(supervision),
            new StopAll(supervision)));
    steps.add(Step.of("healthy", "starting the server", "started the server", new AwaitHealthy()));
  }
}
