package dev.nanoctl.appliance.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.doctor.ReplicationFacts.Cluster;
import dev.nanoctl.appliance.doctor.ReplicationFacts.DatabaseLocale;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Left;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Room;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Way;
import dev.nanoctl.core.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicationNeedsTest {
  private static final Way WAY = new Way("\"na-no\"", "192.0.2.7/32", true, true, "");
  private static final Cluster CLUSTER = new Cluster(18, 18, "replica", 16 << 20, 8192, true);
  private static final Room ROOM = new Room(new Left(10, 1, 1), new Left(10, 2, 2));
  private static final Set<LocaleName> KNOWN =
      Set.of(new LocaleName("C.utf8"), new LocaleName("de_DE.utf8"));

  static ReplicationFacts good() {
    return facts(WAY, CLUSTER, ROOM);
  }

  static ReplicationFacts unbounded() {
    return facts(WAY, new Cluster(18, 18, "replica", 16 << 20, 8192, false), ROOM);
  }

  @Test
  void aServerThatHasAllOfItIsTaken() {
    assertThat(ReplicationNeeds.problem("db", good())).isEmpty();
    assertThat(missing(facts(WAY, new Cluster(18, 18, "logical", 16 << 20, 8192, true), ROOM)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void whatIsMissingIsSaidWithItsRemedy(ReplicationFacts facts, String what, String remedy) {
    assertThat(missing(facts))
        .singleElement()
        .satisfies(missing -> {
          assertThat(missing.what()).contains(what);
          assertThat(missing.remedy()).contains(remedy);
        });
  }

  static Stream<Arguments> whatIsMissingIsSaidWithItsRemedy() {
    return Stream.of(
        Arguments.of(
            facts(new Way("\"na-no\"", "192.0.2.7/32", true, false, ""), CLUSTER, ROOM),
            "the role \"na-no\" may not replicate",
            "ALTER ROLE \"na-no\" REPLICATION"),
        Arguments.of(
            facts(new Way("nano", "192.0.2.7/32", true, true, "no entry"), CLUSTER, ROOM),
            "no replication connection is let in (no entry)",
            "\"hostssl replication nano 192.0.2.7/32 scram-sha-256\" in pg_hba.conf"),
        Arguments.of(
            facts(new Way("nano", "2001:db8::7/128", false, true, "no entry"), CLUSTER, ROOM),
            "(no entry)",
            "\"host replication nano 2001:db8::7/128 scram-sha-256\""),
        Arguments.of(
            cluster(17, "replica", 16, 8192, true),
            "it is PostgreSQL 17, and is brought back with PostgreSQL 18",
            "upgrade it to PostgreSQL 18"),
        Arguments.of(
            cluster(18, "minimal", 16, 8192, true),
            "wal_level is minimal",
            "ALTER SYSTEM SET wal_level = 'replica' and a restart"),
        Arguments.of(
            cluster(18, "replica", 64, 8192, true), "have 64 MB instead of 16", "--wal-segsize=16"),
        Arguments.of(
            cluster(18, "replica", 16, 32768, true), "32768 bytes instead of 8192", "usual blocks"),
        Arguments.of(
            unbounded(),
            "max_slot_wal_keep_size is -1",
            "ALTER SYSTEM SET max_slot_wal_keep_size = '10GB'"),
        Arguments.of(
            facts(WAY, CLUSTER, new Room(new Left(4, 0, 2), new Left(10, 3, 3))),
            "of its 4 replication slots 0 are free and 2 needed",
            "ALTER SYSTEM SET max_replication_slots = 6 and a restart"),
        Arguments.of(
            facts(WAY, CLUSTER, new Room(new Left(4, 1, 1), new Left(2, 1, 2))),
            "of its 2 senders of log 1 are free and 2 needed",
            "ALTER SYSTEM SET max_wal_senders = 3 and a restart"),
        Arguments.of(
            new ReplicationFacts(WAY, CLUSTER, ROOM, List.of("fast", "slow"), List.of(), KNOWN),
            "there are tablespaces (fast, slow)",
            "DROP TABLESPACE"),
        Arguments.of(
            located("de_AT.UTF-8", "C"),
            "this machine does not have the locale de_AT.utf8 of the database lernhof",
            "make the locale de_AT.utf8"),
        Arguments.of(located("C", "de_AT.UTF-8"), "the locale de_AT.utf8", "locale-gen"));
  }

  @ParameterizedTest
  @CsvSource({"C, POSIX", "c, posix", "de_DE.UTF-8, C.UTF8", "de_DE.utf8, C"})
  void aLocaleIsKnownUnderAnyOfItsNames(String collate, String ctype) {
    assertThat(missing(located(collate, ctype))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "de_DE.UTF-8, de_DE.utf8",
    "de_DE.ISO-8859-15@euro, de_DE.iso885915@euro",
    "de_DE@euro, de_DE@euro",
    "de_DE@a.b, de_DE@a.b",
    "POSIX, POSIX"
  })
  void onlyTheEncodingOfALocalesNameHasSeveralForms(String name, String one) {
    assertThat(new LocaleName(name).name()).isEqualTo(one);
  }

  @Test
  void allThatIsMissingIsOneProblemThatAlsoSaysHowToDoWithout() {
    var way = new Way("nano", "192.0.2.7/32", true, false, "no pg_hba.conf entry");
    Problem problem =
        ReplicationNeeds.problem("db:5432/lernhof", facts(way, unbounded().cluster(), ROOM))
            .orElseThrow();
    assertThat(problem.code()).isEqualTo("NC-DATABASE-REPLICATION");
    assertThat(problem.message())
        .contains("db:5432/lernhof", "may not replicate", "no pg_hba.conf entry", "is -1");
    assertThat(problem.fix())
        .contains("ALTER ROLE nano REPLICATION", "hostssl replication nano", "'10GB'")
        .contains("nanoctl config set postgres.external.replication false")
        .contains("leave --database-replication out");
  }

  private static List<ReplicationNeeds.Missing> missing(ReplicationFacts facts) {
    return ReplicationNeeds.missing(facts);
  }

  private static ReplicationFacts cluster(
      int major, String walLevel, long megabytes, int block, boolean bounded) {
    return facts(WAY, new Cluster(major, 18, walLevel, megabytes << 20, block, bounded), ROOM);
  }

  private static ReplicationFacts located(String collate, String ctype) {
    var locale = new DatabaseLocale("lernhof", new LocaleName(collate), new LocaleName(ctype));
    return new ReplicationFacts(WAY, CLUSTER, ROOM, List.of(), List.of(locale), KNOWN);
  }

  private static ReplicationFacts facts(Way way, Cluster cluster, Room room) {
    return new ReplicationFacts(way, cluster, room, List.of(), List.of(), KNOWN);
  }
}
