package dev.nanoctl.appliance;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.postgres.ProgramsCache;
import java.time.InstantSource;

/**
 * What an appliance is given by whoever composes the program.
 *
 * @param content what an instance holds
 * @param account the account PostgreSQL runs under when root installs
 * @param hook told after every line of the journal; does nothing outside of tests
 */
public record Surroundings(
    Launch launch,
    Content content,
    ProgramsCache programs,
    String account,
    InstantSource clock,
    Journal.Hook hook) {
  /** What only the server's code knows to do with what an instance holds. */
  public record Content(FirstAdmin firstAdmin, ObjectsProbe objects) {}

  /** The usual ones. */
  public static Surroundings of(Launch launch, Content content) {
    return new Surroundings(
        launch,
        content,
        ProgramsCache.standard(),
        "nanoctl-postgres",
        InstantSource.system(),
        line -> {});
  }
}
