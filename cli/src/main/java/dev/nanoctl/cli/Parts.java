package dev.nanoctl.cli;

import dev.nanoctl.cli.command.AgentCommand;
import dev.nanoctl.cli.command.BackupKeepCommand;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.Certs;
import dev.nanoctl.cli.command.ConfigEditCommand;
import dev.nanoctl.cli.command.DoctorCommand;
import dev.nanoctl.cli.command.DriftCommand;
import dev.nanoctl.cli.command.Drills;
import dev.nanoctl.cli.command.Engine;
import dev.nanoctl.cli.command.Fleets;
import dev.nanoctl.cli.command.Imports;
import dev.nanoctl.cli.command.LogsCommand;
import dev.nanoctl.cli.command.Migrations;
import dev.nanoctl.cli.command.Operations;
import dev.nanoctl.cli.command.Recoveries;
import dev.nanoctl.cli.command.Restores;
import dev.nanoctl.cli.command.SelfTest;
import dev.nanoctl.cli.command.ServeCommand;
import dev.nanoctl.cli.command.SupportBundleCommand;
import dev.nanoctl.cli.command.Upkeep;
import dev.nanoctl.cli.command.Users;
import dev.nanoctl.cli.command.WarmUpCommand;
import java.time.InstantSource;

/** All that commands need to do their work; {@link Main} puts the real ones together. */
record Parts(
    Instances instances,
    Data data,
    Returning returning,
    Processes processes,
    Editing editing,
    InstantSource clock) {
  /** Instances as a whole. */
  record Instances(
      Engine engine,
      DoctorCommand.Doctor doctor,
      LogsCommand.LogBook logs,
      DriftCommand.Drift drift,
      Certs certs,
      Fleets fleets,
      Migrations migrations,
      SupportBundleCommand.Site support) {}

  /** What is in an instance. */
  record Data(Users users, Imports imports, Upkeep upkeep, Backups backups, SelfTest selfTest) {}

  /** Bringing data back. */
  record Returning(Restores restores, Recoveries recoveries, Drills drills) {}

  /** What runs until it is asked to end. */
  record Processes(
      ServeCommand.Server server,
      AgentCommand.Agent agent,
      BackupKeepCommand.Keeper keeper,
      WarmUpCommand.WarmUp warmUp) {}

  /** Changing the configuration. */
  record Editing(Operations operations, ConfigEditCommand.Editor editor) {}
}
