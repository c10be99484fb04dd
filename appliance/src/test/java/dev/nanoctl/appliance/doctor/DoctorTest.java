package dev.nanoctl.appliance.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
  private static final Duration LONG = Duration.ofDays(89);
  private static final Duration FEW = Duration.ofDays(5);

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void aGoodMachineIsWellInEveryRespect() {
    assertThat(Doctor.examine(good())).allSatisfy(result -> assertThat(result.ok()).isTrue());
    assertThat(Doctor.preflight(good())).hasSizeGreaterThanOrEqualTo(20);
  }

  static List<Check> checks() {
    return Doctor.catalogue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("checks")
  void everyCheckDetectsItsOwnFaultAndSaysWhatToDo(Check check) {
    CheckResult result = check.judge().apply(check.fault().apply(good()));

    assertThat(result.check()).isEqualTo(check.name());
    assertThat(result.outcome()).isNotEqualTo(Outcome.OK);
    assertThat(result.code()).startsWith("NC-");
    assertThat(result.message()).isNotBlank();
    assertThat(result.fix()).isNotBlank();
  }

  @Test
  void withoutDockerNoneOfItsChecksComplains() {
    assertThat(Doctor.examine(good()))
        .filteredOn(result -> result.check().startsWith("docker-"))
        .hasSize(15)
        .allSatisfy(result -> assertThat(result.message()).isEqualTo("docker is not used"));
  }

  @Test
  void anEngineThatDoesNotAnswerIsToldOnce() {
    Check engine = named("docker-engine");
    assertThat(Doctor.examine(engine.fault().apply(good())))
        .filteredOn(result -> !result.ok())
        .extracting(CheckResult::code)
        .containsExactly("NC-DOCKER-UNREACHABLE");
  }

  @Test
  void containersNeedNoProgramsOnThisMachine() {
    Check programs = named("programs-folder");
    Facts embedded = programs.fault().apply(good());
    assertThat(programs.judge().apply(embedded).outcome()).isEqualTo(Outcome.FAILED);

    // every one of the engine's checks brings an engine along
    Facts docker = named("docker-mtu").fault().apply(programs.fault().apply(good()));
    assertThat(programs.judge().apply(docker).ok()).isTrue();
    assertThat(programs.judge().apply(programs.fault().apply(docker)).ok()).isFalse();
  }

  private static Check named(String name) {
    return Doctor.catalogue().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anUpgradeAsksForTheMachineAndItsEngineAndNotForPlacesThatItHasTaken() {
    List<String> asked = Doctor.machine(good()).stream().map(CheckResult::check).toList();
    assertThat(asked)
        .contains("disk-free", "memory-free", "docker-engine", "docker-disk", "docker-memory")
        .doesNotContain("server-port", "site-empty", "data-directory", "unfinished");
  }

  @Test
  void thereAreManyChecks() {
    assertThat(Doctor.catalogue()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void namesAreUnique() {
    List<String> names = Doctor.catalogue().stream().map(Check::name).toList();

    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
  }

  @Test
  void aClockThatRanBackwardsIsNoticedEvenWithinReason() {
    Facts facts = good();
    var clocks =
        new Facts.Clocks(NOW, facts.clocks().built(), Optional.of(NOW.plus(Duration.ofHours(2))));

    CheckResult result = clock(withClocks(facts, clocks));

    assertThat(result.code()).isEqualTo("NC-CLOCK");
    assertThat(result.message()).contains("before what was noted");
  }

  @Test
  void aClockDecadesAheadIsNoticed() {
    Facts facts = good();
    var clocks =
        new Facts.Clocks(
            Instant.parse("2040-01-01T00:00:00Z"), facts.clocks().built(), Optional.empty());

    assertThat(clock(withClocks(facts, clocks)).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aCertificateIsJudgedByItsEndAndItsNames() {
    assertThat(certificate("a.example", Duration.ofDays(22)).ok()).isTrue();
    assertThat(certificate("a.example", Duration.ofDays(20)).code()).isEqualTo("NC-TLS-EXPIRES");
    assertThat(certificate("a.example", Duration.ofDays(-1)).code()).isEqualTo("NC-TLS-EXPIRED");
    assertThat(certificate("b.a.example", Duration.ofDays(90)).code()).isEqualTo("NC-TLS-NAME");
    assertThat(certificate("x.b.example", Duration.ofDays(90)).ok()).isTrue();
    assertThat(CertificateCheck.judge(Optional.empty(), NOW).ok()).isTrue();
  }

  @Test
  void whatIsShownAndWhatWasTriedInVainIsTold() {
    var good = new ServedCertificate.Life(NOW.minus(Duration.ofDays(1)), NOW.plus(LONG));
    var refused = new Problem.Unavailable("NC-ACME-CAA", "not allowed", "change DNS");
    assertThat(acme(good, false, Optional.empty()).code()).isEqualTo("NC-TLS-SHOWN");
    assertThat(acme(good, true, Optional.of(refused)).code()).isEqualTo("NC-ACME-CAA");
    assertThat(acme(good, true, Optional.empty()).ok()).isTrue();
  }

  @Test
  void aCertificateOfAFewDaysIsNotAlwaysAboutToEnd() {
    var fresh = new ServedCertificate.Life(NOW.minus(Duration.ofDays(1)), NOW.plus(FEW));
    assertThat(acme(fresh, true, Optional.empty()).ok()).isTrue();
    var old = new ServedCertificate.Life(NOW.minus(FEW), NOW.plus(Duration.ofDays(1)));
    var lost = new Problem.Unavailable("NC-ACME-AUTHORITY", "no answer", "wait");
    CheckResult ending = acme(old, true, Optional.of(lost));
    assertThat(ending.code()).isEqualTo("NC-TLS-EXPIRES");
    assertThat(ending.message()).contains("no answer");
    assertThat(ending.fix()).isEqualTo("wait");
  }

  private static CheckResult acme(
      ServedCertificate.Life life, boolean shown, Optional<Problem> trouble) {
    return CertificateCheck.judge(
        Optional.of(
            new ServedCertificate(
                SiteConfig.TlsMode.ACME,
                "a.example",
                List.of("a.example"),
                Optional.of(life),
                shown,
                trouble)),
        NOW);
  }

  private static CheckResult certificate(String host, Duration life) {
    return CertificateCheck.judge(
        Optional.of(
            new ServedCertificate(
                SiteConfig.TlsMode.FILES,
                host,
                List.of("a.example", "*.b.example"),
                Optional.of(
                    new ServedCertificate.Life(NOW.minus(Duration.ofDays(300)), NOW.plus(life))),
                true,
                Optional.empty())),
        NOW);
  }

  @Test
  void aDomainThatPointsNowhereOrElsewhereIsToldAndRefusesNothing() {
    assertThat(domain(List.of("192.0.2.7"), true).ok()).isTrue();
    CheckResult unknown = domain(List.of(), false);
    assertThat(unknown.code()).isEqualTo("NC-DNS-NONE");
    assertThat(unknown.outcome()).isEqualTo(Outcome.WARNING);
    CheckResult elsewhere = domain(List.of("192.0.2.7"), false);
    assertThat(elsewhere.code()).isEqualTo("NC-DNS-ELSEWHERE");
    assertThat(elsewhere.message()).contains("a.example is 192.0.2.7");
  }

  @ParameterizedTest
  @CsvSource({
    "140009, UTF8, '', 100, NC-DATABASE-VERSION",
    "150000, UTF8, '', 100, ''",
    "180004, UTF8, '', 15, ''",
    "190000, UTF8, '', 100, NC-DATABASE-VERSION",
    "180004, SQL_ASCII, '', 100, NC-DATABASE-ENCODING",
    "180004, UTF8, make tables, 100, NC-DATABASE-RIGHTS",
    "180004, UTF8, '', 14, NC-DATABASE-CONNECTIONS"
  })
  void aDatabaseOfSomebodyElseIsFitOrRefused(
      int version, String encoding, String lacks, int connections, String code) {
    List<String> lacking = lacks.isEmpty() ? List.of() : List.of(lacks);
    var server =
        new Facts.DatabaseServer(
            version,
            encoding,
            lacking,
            Optional.empty(),
            connections,
            new Facts.Replication(false, List.of(), Optional.empty()));
    assertThat(database(Facts.Database.Access.ENTERED, Optional.of(server)))
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @Test
  void replicationIsRequiredOnlyWhereItIsWantedAndOfferedWhereItIsPossible() {
    ReplicationFacts good = ReplicationNeedsTest.good();
    ReplicationFacts bad = ReplicationNeedsTest.unbounded();
    assertThat(replication(true, good).message()).isEqualTo("files and log can be read");
    assertThat(replication(true, bad).code()).isEqualTo("NC-DATABASE-REPLICATION");
    assertThat(replication(false, bad).message()).isEqualTo("not used");
    CheckResult offered = replication(false, good);
    assertThat(offered.ok()).isTrue();
    assertThat(offered.message())
        .contains("nanoctl config set postgres.external.replication true, then nanoctl restart");
  }

  @Test
  void slotsAreLeftOverOnlyWhereNobodyReadsThem() {
    List<String> slots = List.of("nanoctl_0f8fad5bd9cb_first");
    CheckResult left =
        database("database-slots", new Facts.Replication(false, slots, Optional.empty()));
    assertThat(left.outcome()).isEqualTo(Outcome.WARNING);
    assertThat(left.code()).isEqualTo("NC-DATABASE-SLOTS");
    assertThat(left.message()).contains(slots.getFirst());
    assertThat(
            database("database-slots", new Facts.Replication(true, slots, Optional.empty())).ok())
        .isTrue();
  }

  private static CheckResult replication(boolean wanted, ReplicationFacts found) {
    return database(
        "database-replication", new Facts.Replication(wanted, List.of(), Optional.of(found)));
  }

  private static CheckResult database(String check, Facts.Replication replication) {
    var server =
        new Facts.DatabaseServer(180004, "UTF8", List.of(), Optional.empty(), 100, replication);
    var database =
        new Facts.Database(
            "db.example:5432/nanoctl", Facts.Database.Access.ENTERED, "", Optional.of(server));
    return Doctor.examine(NetworkChecks.withDatabase(good(), database)).stream()
        .filter(result -> result.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_PASSWORD, NC-DATABASE-PASSWORD",
    "NO_ANSWER, NC-DATABASE-UNREACHABLE",
    "NOT_TRUSTED, NC-DATABASE-TLS",
    "DENIED, NC-DATABASE-LOGIN"
  })
  void onlyTheFirstStepThatFailsOnTheWayIntoADatabaseIsBlamed(
      Facts.Database.Access access, String code) {
    assertThat(database(access, Optional.empty())).containsExactly(code);
  }

  private static List<String> database(
      Facts.Database.Access access, Optional<Facts.DatabaseServer> server) {
    Facts facts =
        NetworkChecks.withDatabase(
            good(), new Facts.Database("db.example:5432/nanoctl", access, "said", server));
    return Doctor.preflight(facts).stream()
        .filter(result -> !result.ok())
        .map(CheckResult::code)
        .toList();
  }

  private static CheckResult domain(List<String> addresses, boolean here) {
    Facts facts = good();
    Facts.Network n = facts.network();
    var names =
        new Facts.Names("127.0.0.1", Optional.of(new Facts.Domain("a.example", addresses, here)));
    var network =
        new Facts.Network(n.ports(), n.bind(), n.bindHere(), names, n.certificate(), n.database());
    return Doctor.examine(
            new Facts(
                facts.hardware(),
                facts.storage(),
                network,
                facts.host(),
                facts.clocks(),
                facts.site()))
        .stream()
        .filter(result -> result.check().equals("domain"))
        .findFirst()
        .orElseThrow();
  }

  private static CheckResult clock(Facts facts) {
    return Doctor.examine(facts).stream()
        .filter(result -> result.check().equals("clock"))
        .findFirst()
        .orElseThrow();
  }

  private static Facts withClocks(Facts facts, Facts.Clocks clocks) {
    return new Facts(
        facts.hardware(), facts.storage(), facts.network(), facts.host(), clocks, facts.site());
  }

  private static Facts good() {
    return new Facts(
        new Facts.Hardware("amd64", "6.1.0-41", true, 2, new Memory(4L << 30, 3L << 30)),
        new Facts.Storage(
            "ext4",
            40L << 30,
            OptionalInt.of(2_000_000),
            Duration.ofMillis(2),
            new Facts.Folder(Path.of("/var/lib/nanoctl"), true, false, "root", List.of()),
            Optional.of(
                new Facts.Bucket(
                    "https://s3.example/nanos",
                    Facts.Bucket.Reach.WRITABLE,
                    "",
                    Optional.of(Duration.ofSeconds(1))))),
        new Facts.Network(
            new Facts.Ports(
                new Facts.Port(8080, Optional.empty()),
                Optional.empty(),
                Optional.of(new Facts.Port(5433, Optional.empty()))),
            "127.0.0.1",
            true,
            new Facts.Names("127.0.0.1", Optional.empty()),
            Optional.of(
                new ServedCertificate(
                    SiteConfig.TlsMode.SELF_SIGNED,
                    "a.example",
                    List.of("*.example"),
                    Optional.of(
                        new ServedCertificate.Life(
                            NOW.minus(Duration.ofDays(97)), NOW.plus(Duration.ofDays(300)))),
                    true,
                    Optional.empty())),
            Optional.empty()),
        new Facts.Host(
            new Facts.Account("nanoctl-postgres", true, true, List.of()),
            new Facts.Limits(65536, 90000, "SYSTEMD_SYSTEM"),
            new Facts.Folders(true, true, true, Path.of("/var/cache/nanoctl"), Optional.empty()),
            "UTF-8",
            Optional.empty()),
        new Facts.Clocks(NOW, Instant.parse("2026-11-01T00:00:00Z"), Optional.of(NOW)),
        new Facts.Site(
            true,
            Optional.empty(),
            List.of(),
            Optional.<Problem>empty(),
            new Facts.Files(List.of(), List.of(), List.of()),
            List.of()));
  }
}
