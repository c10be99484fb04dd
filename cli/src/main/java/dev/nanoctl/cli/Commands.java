package dev.nanoctl.cli;

import dev.nanoctl.cli.command.AgentCommand;
import dev.nanoctl.cli.command.AuditVerifyCommand;
import dev.nanoctl.cli.command.AutoscaleOffCommand;
import dev.nanoctl.cli.command.AutoscaleOnCommand;
import dev.nanoctl.cli.command.AutoscaleStatusCommand;
import dev.nanoctl.cli.command.BackupCreateCommand;
import dev.nanoctl.cli.command.BackupKeepCommand;
import dev.nanoctl.cli.command.BackupListCommand;
import dev.nanoctl.cli.command.BackupPruneCommand;
import dev.nanoctl.cli.command.BackupShowCommand;
import dev.nanoctl.cli.command.BackupStatusCommand;
import dev.nanoctl.cli.command.BackupTargetAddCommand;
import dev.nanoctl.cli.command.BackupTargetListCommand;
import dev.nanoctl.cli.command.BackupTargetTestCommand;
import dev.nanoctl.cli.command.BackupVerifyCommand;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.CertsImportCommand;
import dev.nanoctl.cli.command.CertsRenewCommand;
import dev.nanoctl.cli.command.CertsStatusCommand;
import dev.nanoctl.cli.command.CompletionCommand;
import dev.nanoctl.cli.command.ConfigEditCommand;
import dev.nanoctl.cli.command.ConfigGetCommand;
import dev.nanoctl.cli.command.ConfigSetCommand;
import dev.nanoctl.cli.command.ConfigShowCommand;
import dev.nanoctl.cli.command.ConfigValidateCommand;
import dev.nanoctl.cli.command.DoctorCommand;
import dev.nanoctl.cli.command.DriftCommand;
import dev.nanoctl.cli.command.DrillListCommand;
import dev.nanoctl.cli.command.DrillRunCommand;
import dev.nanoctl.cli.command.DrillShowCommand;
import dev.nanoctl.cli.command.Drills;
import dev.nanoctl.cli.command.ExplainCommand;
import dev.nanoctl.cli.command.Fleets;
import dev.nanoctl.cli.command.ImportCommand;
import dev.nanoctl.cli.command.InstallCommand;
import dev.nanoctl.cli.command.Invocation;
import dev.nanoctl.cli.command.KitPrintCommand;
import dev.nanoctl.cli.command.LogsCommand;
import dev.nanoctl.cli.command.ManCommand;
import dev.nanoctl.cli.command.MigrateAcceptCommand;
import dev.nanoctl.cli.command.MigrateCommand;
import dev.nanoctl.cli.command.ObjectsCopyCommand;
import dev.nanoctl.cli.command.ObjectsProbeCommand;
import dev.nanoctl.cli.command.RecoverCommand;
import dev.nanoctl.cli.command.RestartCommand;
import dev.nanoctl.cli.command.RestoreAcceptCommand;
import dev.nanoctl.cli.command.RestoreCommand;
import dev.nanoctl.cli.command.RestoreUndoCommand;
import dev.nanoctl.cli.command.Restores;
import dev.nanoctl.cli.command.ResumeCommand;
import dev.nanoctl.cli.command.RollbackCommand;
import dev.nanoctl.cli.command.ScaleCommand;
import dev.nanoctl.cli.command.SearchReindexCommand;
import dev.nanoctl.cli.command.SecretsListCommand;
import dev.nanoctl.cli.command.SecretsRotateCommand;
import dev.nanoctl.cli.command.ServeCommand;
import dev.nanoctl.cli.command.ShellCommand;
import dev.nanoctl.cli.command.StartCommand;
import dev.nanoctl.cli.command.StatusCommand;
import dev.nanoctl.cli.command.StopCommand;
import dev.nanoctl.cli.command.SupportBundleCommand;
import dev.nanoctl.cli.command.SupportFacts;
import dev.nanoctl.cli.command.UninstallCommand;
import dev.nanoctl.cli.command.UpgradeCommand;
import dev.nanoctl.cli.command.UserCreateCommand;
import dev.nanoctl.cli.command.UserListCommand;
import dev.nanoctl.cli.command.UserResetPasswordCommand;
import dev.nanoctl.cli.command.UserRoleCommand;
import dev.nanoctl.cli.command.VersionCommand;
import dev.nanoctl.cli.command.WarmUpCommand;
import dev.nanoctl.core.explain.Explanations;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes each command from its parts. */
final class Commands implements IFactory {
  private final Map<Class<?>, Supplier<?>> makers = new HashMap<>();

  /**
   * All commands of the program.
   *
   * @param shell what {@code nanoctl shell} does
   */
  static Commands of(Invocation invocation, Parts parts, ShellCommand.Loop shell) {
    var commands = new Commands();
    commands.instances(invocation, parts);
    commands.fleet(invocation, parts);
    commands.returning(invocation, parts.returning());
    commands.configuration(invocation, parts);
    commands.data(invocation, parts);
    commands.backups(invocation, parts);
    commands.tools(invocation, parts, shell);
    return commands;
  }

  private <T> Commands with(Class<T> type, Supplier<? extends T> maker) {
    makers.put(type, maker);
    return this;
  }

  private void instances(Invocation call, Parts parts) {
    var engine = parts.instances().engine();
    var clock = parts.clock();
    with(
            InstallCommand.class,
            () ->
                new InstallCommand(
                    call, engine, parts.data().backups(), parts.editing().operations(), clock))
        .with(
            StatusCommand.class,
            () -> new StatusCommand(call, engine, parts.data().backups(), clock))
        .with(StartCommand.class, () -> new StartCommand(call, engine))
        .with(StopCommand.class, () -> new StopCommand(call, engine))
        .with(RestartCommand.class, () -> new RestartCommand(call, engine))
        .with(ResumeCommand.class, () -> new ResumeCommand(call, engine))
        .with(UninstallCommand.class, () -> new UninstallCommand(call, engine))
        .with(LogsCommand.class, () -> new LogsCommand(call, parts.instances().logs(), clock))
        .with(
            DoctorCommand.class,
            () ->
                new DoctorCommand(call, parts.instances().doctor(), parts.data().selfTest(), clock))
        .with(DriftCommand.class, () -> new DriftCommand(call, parts.instances().drift()));
    certificates(call, parts);
    support(call, parts);
  }

  private void certificates(Invocation call, Parts parts) {
    var certs = parts.instances().certs();
    with(CertsStatusCommand.class, () -> new CertsStatusCommand(call, certs, parts.clock()))
        .with(CertsRenewCommand.class, () -> new CertsRenewCommand(call, certs))
        .with(
            CertsImportCommand.class,
            () -> new CertsImportCommand(call, certs, parts.editing().operations()));
  }

  private void support(Invocation call, Parts parts) {
    Parts.Instances instances = parts.instances();
    var facts =
        new SupportFacts(
            instances.engine(),
            instances.doctor(),
            instances.drift(),
            parts.data().backups(),
            parts.clock());
    with(
        SupportBundleCommand.class,
        () -> new SupportBundleCommand(call, instances.support(), facts, parts.clock()));
  }

  private void fleet(Invocation call, Parts parts) {
    Fleets fleets = parts.instances().fleets();
    var operations = parts.editing().operations();
    with(AutoscaleOnCommand.class, () -> new AutoscaleOnCommand(call, operations))
        .with(AutoscaleOffCommand.class, () -> new AutoscaleOffCommand(call, operations))
        .with(AutoscaleStatusCommand.class, () -> new AutoscaleStatusCommand(call))
        .with(ScaleCommand.class, () -> new ScaleCommand(call, fleets))
        .with(UpgradeCommand.class, () -> new UpgradeCommand(call, fleets))
        .with(RollbackCommand.class, () -> new RollbackCommand(call, fleets))
        .with(
            MigrateCommand.class,
            () -> new MigrateCommand(call, parts.instances().migrations(), parts.clock()))
        .with(
            MigrateAcceptCommand.class,
            () -> new MigrateAcceptCommand(call, parts.instances().migrations()))
        .with(SecretsListCommand.class, () -> new SecretsListCommand(call, fleets))
        .with(SecretsRotateCommand.class, () -> new SecretsRotateCommand(call, fleets));
  }

  private void returning(Invocation call, Parts.Returning parts) {
    Restores restores = parts.restores();
    with(RestoreCommand.class, () -> new RestoreCommand(call, restores))
        .with(RestoreAcceptCommand.class, () -> new RestoreAcceptCommand(call, restores))
        .with(RestoreUndoCommand.class, () -> new RestoreUndoCommand(call, restores));
    with(RecoverCommand.class, () -> new RecoverCommand(call, parts.recoveries()));
    Drills drills = parts.drills();
    with(DrillRunCommand.class, () -> new DrillRunCommand(call, drills))
        .with(DrillListCommand.class, () -> new DrillListCommand(call, drills))
        .with(DrillShowCommand.class, () -> new DrillShowCommand(call, drills));
  }

  private void configuration(Invocation call, Parts parts) {
    var operations = parts.editing().operations();
    with(ConfigShowCommand.class, () -> new ConfigShowCommand(call))
        .with(ConfigGetCommand.class, () -> new ConfigGetCommand(call))
        .with(ConfigSetCommand.class, () -> new ConfigSetCommand(call, operations))
        .with(ConfigValidateCommand.class, () -> new ConfigValidateCommand(call))
        .with(
            ConfigEditCommand.class,
            () -> new ConfigEditCommand(call, operations, parts.editing().editor()));
  }

  private void data(Invocation call, Parts parts) {
    var users = parts.data().users();
    with(UserCreateCommand.class, () -> new UserCreateCommand(call, users))
        .with(UserListCommand.class, () -> new UserListCommand(call, users))
        .with(UserRoleCommand.class, () -> new UserRoleCommand(call, users))
        .with(UserResetPasswordCommand.class, () -> new UserResetPasswordCommand(call, users))
        .with(
            ImportCommand.class,
            () -> new ImportCommand(call, parts.data().imports(), parts.clock()))
        .with(
            SearchReindexCommand.class, () -> new SearchReindexCommand(call, parts.data().upkeep()))
        .with(ObjectsCopyCommand.class, () -> new ObjectsCopyCommand(call, parts.data().upkeep()))
        .with(ObjectsProbeCommand.class, () -> new ObjectsProbeCommand(call, parts.data().upkeep()))
        .with(AuditVerifyCommand.class, () -> new AuditVerifyCommand(call, parts.data().upkeep()));
  }

  private void backups(Invocation call, Parts parts) {
    Backups backups = parts.data().backups();
    var clock = parts.clock();
    with(BackupCreateCommand.class, () -> new BackupCreateCommand(call, backups))
        .with(BackupListCommand.class, () -> new BackupListCommand(call, backups))
        .with(BackupShowCommand.class, () -> new BackupShowCommand(call, backups))
        .with(BackupVerifyCommand.class, () -> new BackupVerifyCommand(call, backups))
        .with(BackupPruneCommand.class, () -> new BackupPruneCommand(call, backups))
        .with(BackupStatusCommand.class, () -> new BackupStatusCommand(call, backups, clock))
        .with(
            BackupTargetAddCommand.class,
            () -> new BackupTargetAddCommand(call, backups, parts.editing().operations()))
        .with(BackupTargetTestCommand.class, () -> new BackupTargetTestCommand(call, backups))
        .with(BackupTargetListCommand.class, () -> new BackupTargetListCommand(call))
        .with(
            BackupKeepCommand.class, () -> new BackupKeepCommand(call, parts.processes().keeper()))
        .with(KitPrintCommand.class, () -> new KitPrintCommand(call, backups));
  }

  private void tools(Invocation call, Parts parts, ShellCommand.Loop shell) {
    with(ExplainCommand.class, () -> new ExplainCommand(call, Explanations.all()))
        .with(VersionCommand.class, () -> new VersionCommand(call))
        .with(CompletionCommand.class, () -> new CompletionCommand(call))
        .with(ManCommand.class, ManCommand::new)
        .with(ShellCommand.class, () -> new ShellCommand(shell))
        .with(ServeCommand.class, () -> new ServeCommand(call, parts.processes().server()))
        .with(AgentCommand.class, () -> new AgentCommand(call, parts.processes().agent()))
        .with(WarmUpCommand.class, () -> new WarmUpCommand(parts.processes().warmUp()));
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Supplier<?> maker = makers.get(type);
    return maker == null ? CommandLine.defaultFactory().create(type) : type.cast(maker.get());
  }
}
