package dev.nanoctl.appliance;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.postgres.ProgramsCache;
import java.time.InstantSource;

/**
 * What an appliance is given by whoever composes the program.
 *
 * @param account the account PostgreSQL runs under when root installs
 * @param hook told after every line of the journal; does nothing outside of tests
 */
public record Surroundings(
    Launch launch,
    FirstAdmin firstAdmin,
    ProgramsCache programs,
    String account,
    InstantSource clock,
    Journal.Hook hook) {
  /** The usual ones. */
  public static Surroundings of(Launch launch, FirstAdmin firstAdmin) {
    return new Surroundings(
        launch,
        firstAdmin,
        ProgramsCache.standard(),
        "nanoctl-postgres",
        InstantSource.system(),
        line -> {});
  }
}
