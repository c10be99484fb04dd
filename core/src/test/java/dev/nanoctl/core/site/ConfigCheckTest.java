package dev.nanoctl.core.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.LogLevel;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCheckTest {
  @Test
  void anEmptyFileMeansTheDefaults() {
    SiteConfig config = valid("");
    assertThat(config.site())
        .isEqualTo(new SiteConfig.Identity("nanoctl", Engine.EMBEDDED, Optional.empty()));
    assertThat(config.server().bind()).isEqualTo("127.0.0.1");
    assertThat(config.server().onLoopback()).isTrue();
    assertThat(config.url()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(config.log().level()).isEqualTo(LogLevel.INFO);
    assertThat(config.objects().directory()).isEqualTo(Path.of("objects"));
    assertThat(config.postgres().settings()).isEmpty();
    assertThat(valid("server:\n  # port: 1\npostgres:\n")).isEqualTo(config);
  }

  @Test
  void everyKeyIsRead() {
    SiteConfig config =
        valid(
            """
            site: {name: lernhof, engine: embedded, contact: admin@lernhof.example}
            server:
              bind: 0.0.0.0
              port: 443
              http_port: 8001
              domain: lernhof.example
              url: https://nanos.lernhof.example
              memory: 512 MB
              tls:
                mode: files
                certificate: tls/chain.pem
                key: /etc/key.pem
                acme: {directory: https://ca.example/directory, root: /etc/ca.pem}
            postgres:
              port: 5433
              memory: 1 GB
              connections: 60
              settings:
                work_mem: 8MB
                auto_explain.log_min_duration: 1s
            objects:
              store: s3
              directory: packages
              clamd: /run/clamav/clamd.ctl
              s3:
                endpoint: https://s3.example
                region: eu-central
                bucket: lernhof
                path_style: false
                prefix: nanos/2026
            limits:
              reads_per_minute: 1000
              writes_per_minute: 70
              factor: 9
            log: {level: debug, files: 3, file_size: 2 MB}
            docker:
              profile: full
              apps: 3
              http_port: 8001
              https_port: 8443
              autoscale: {enabled: true, min: 2, max: 7, cpu: 60}
              alerts:
                webhook: http://192.0.2.7:9000/alerts
                email: admin@lernhof.example
                from: alerts@lernhof.example
                smtp: 192.0.2.7:25
            backup:
              schedule: 3:30
              first: {location: /mnt/disk/nanoctl, bandwidth: 2 MB}
              second:
                location: s3://lernhof-backup/site/1
                endpoint: https://s3.eu.example
                region: eu-central
                path_style: false
              retention: {days: 7, weeks: 4, drilled: 2}
            drill: {schedule: 1st monday 06:00, sample: "off"}
            """);
    assertThat(config.site().contact()).contains("admin@lernhof.example");
    assertThat(config.server().tls())
        .isEqualTo(
            new SiteConfig.Tls(
                TlsMode.FILES,
                Optional.of(Path.of("tls/chain.pem")),
                Optional.of(Path.of("/etc/key.pem")),
                new SiteConfig.Acme(
                    URI.create("https://ca.example/directory"),
                    Optional.of(Path.of("/etc/ca.pem"))),
                Optional.of(8001)));
    assertThat(config.plainPort()).hasValue(8001);
    assertThat(config.server().memory()).contains(ByteSize.megabytes(512));
    assertThat(config.url()).isEqualTo(URI.create("https://nanos.lernhof.example"));
    assertThat(config.postgres())
        .isEqualTo(
            new SiteConfig.Postgres(
                Optional.of(5433),
                Optional.of(ByteSize.megabytes(1024)),
                60,
                Map.of("work_mem", "8MB", "auto_explain.log_min_duration", "1s"),
                Optional.empty()));
    assertThat(config.objects())
        .isEqualTo(
            new SiteConfig.Objects(
                SiteConfig.ObjectsKind.S3,
                Path.of("packages"),
                Optional.of(
                    new SiteConfig.Bucket(
                        URI.create("https://s3.example"),
                        "eu-central",
                        "lernhof",
                        false,
                        "nanos/2026")),
                Optional.of("/run/clamav/clamd.ctl")));
    assertThat(config.limits()).isEqualTo(new SiteConfig.Limits(1000, 70, 9));
    assertThat(config.log())
        .isEqualTo(new SiteConfig.Log(LogLevel.DEBUG, 3, ByteSize.megabytes(2)));
    assertThat(config.docker())
        .isEqualTo(
            new SiteConfig.Docker(
                SiteConfig.Profile.FULL,
                3,
                new SiteConfig.Autoscale(true, 2, 7, 60),
                8001,
                8443,
                new SiteConfig.Alerts(
                    Optional.of("http://192.0.2.7:9000/alerts"),
                    Optional.of(
                        new SiteConfig.Mail(
                            "admin@lernhof.example", "alerts@lernhof.example", "192.0.2.7:25")))));
    var bucket =
        new SiteConfig.Bucket(
            URI.create("https://s3.eu.example"), "eu-central", "lernhof-backup", false, "site/1");
    assertThat(config.backup())
        .isEqualTo(
            new BackupConfig(
                List.of(
                    new BackupConfig.Target(
                        "first",
                        new BackupConfig.Place.Directory(Path.of("/mnt/disk/nanoctl")),
                        Optional.of(ByteSize.megabytes(2))),
                    new BackupConfig.Target(
                        "second", new BackupConfig.Place.Bucket(bucket), Optional.empty())),
                Optional.of(LocalTime.of(3, 30)),
                new BackupConfig.Kept(7, 4, 2),
                new BackupConfig.Drills(
                    Optional.of(new BackupConfig.Monthly(1, DayOfWeek.MONDAY, LocalTime.of(6, 0))),
                    Optional.empty())));
  }

  @Test
  void aBucketForBackupsNeedsItsEndpoint() {
    assertThat(invalid("backup: {second: {location: \"s3://lernhof\"}}"))
        .extracting(ConfigError::key)
        .containsExactly("backup.second.endpoint");
  }

  @Test
  void timesThatComeAgainAreFound() {
    var tuesday = new BackupConfig.Monthly(2, DayOfWeek.TUESDAY, LocalTime.of(15, 0));
    assertThat(tuesday.lastBefore(time("2026-11-10T15:00"))).isEqualTo(time("2026-11-10T15:00"));
    assertThat(tuesday.lastBefore(time("2026-11-10T14:59"))).isEqualTo(time("2026-10-13T15:00"));
    var saturday = new BackupConfig.Weekly(DayOfWeek.SATURDAY, LocalTime.of(4, 0));
    assertThat(saturday.lastBefore(time("2026-11-21T03:59"))).isEqualTo(time("2026-11-14T04:00"));
    assertThat(BackupConfig.lastBefore(LocalTime.of(2, 0), time("2026-11-21T01:00")))
        .isEqualTo(time("2026-11-20T02:00"));
  }

  @Test
  void aTimeThatADayHasTwiceOrNotAtAllComesOnce() {
    ZoneId here = ZoneId.of("Europe/Berlin");
    var night = LocalTime.of(2, 30);
    var sunday = new BackupConfig.Weekly(DayOfWeek.SUNDAY, night);
    var fourth = new BackupConfig.Monthly(4, DayOfWeek.SUNDAY, night);
    Instant once = Instant.parse("2026-10-25T00:30:00Z");
    for (String later : new String[] {"00:30", "00:50", "01:30", "01:45", "05:00"}) {
      ZonedDateTime time = Instant.parse("2026-10-25T" + later + ":00Z").atZone(here);
      assertThat(BackupConfig.lastBefore(night, time).toInstant()).isEqualTo(once);
      assertThat(sunday.lastBefore(time).toInstant()).isEqualTo(once);
      assertThat(fourth.lastBefore(time).toInstant()).isEqualTo(once);
    }
    ZonedDateTime spring = Instant.parse("2027-03-28T01:10:00Z").atZone(here);
    assertThat(BackupConfig.lastBefore(night, spring)).isEqualTo(time("2027-03-27T02:30"));
    assertThat(sunday.lastBefore(spring)).isEqualTo(time("2027-03-21T02:30"));
    assertThat(fourth.lastBefore(spring)).isEqualTo(time("2027-02-28T02:30"));
    ZonedDateTime after = Instant.parse("2027-03-28T01:30:00Z").atZone(here);
    assertThat(BackupConfig.lastBefore(night, after)).isEqualTo(time("2027-03-28T03:30"));
  }

  private static ZonedDateTime time(String text) {
    return LocalDateTime.parse(text).atZone(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void withDockerTheEntrysPortsMakeTheUrl() {
    String docker = "site: {engine: docker}\ndocker: {http_port: 8001, https_port: 8443}\n";
    assertThat(valid(docker).url()).isEqualTo(URI.create("http://127.0.0.1:8001"));
    assertThat(valid(docker + "server: {tls: {mode: self-signed}}").url())
        .isEqualTo(URI.create("https://127.0.0.1:8443"));
    assertThat(
            valid("site: {engine: docker}\nserver: {domain: a.example, tls: {mode: acme}}").url())
        .isEqualTo(URI.create("https://a.example"));
  }

  @Test
  void theTwoPortsOfTheEntryDiffer() {
    assertThat(invalid("site: {engine: docker}\ndocker: {http_port: 443}"))
        .extracting(ConfigError::key)
        .containsExactly("docker.https_port");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,,off,8080,http://127.0.0.1:8080",
    "127.0.0.1,,off,80,http://127.0.0.1",
    "::1,,off,8080,http://[::1]:8080",
    "0.0.0.0,,self-signed,8443,https://localhost:8443",
    "0.0.0.0,a.example,self-signed,443,https://a.example"
  })
  void theUrlFollowsFromBindDomainTlsAndPort(
      String bind, String domain, String tls, int port, String url) {
    String yaml =
        "server:\n  bind: '%s'\n  port: %d\n  tls: {mode: %s}\n".formatted(bind, port, tls)
            + (domain == null ? "" : "  domain: " + domain + "\n");
    assertThat(valid(yaml).url()).isEqualTo(URI.create(url));
  }

  /** Each key with a bad value: which key is blamed, at which line, and what is said. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
              site: {name: Lernhof}                | site.name       | 1 | cannot be "Lernhof"; allowed: 1 to 31 lower-case letters
              site: {name: -a}                     | site.name       | 1 | cannot be "-a"
              site: {engine: swarm}                | site.engine     | 1 | cannot be "swarm"; allowed: embedded, docker
              site: {contact: nobody}              | site.contact    | 1 | allowed: an e-mail address
              server: {bind: localhost}            | server.bind     | 1 | allowed: an IP address
              server: {bind: 256.0.0.1}            | server.bind     | 1 | allowed: an IP address
              server: {bind: 1.2.3}                | server.bind     | 1 | allowed: an IP address
              server: {port: 0}                    | server.port     | 1 | cannot be "0"; allowed: a port, 1 to 65535
              server: {port: 65536}                | server.port     | 1 | cannot be "65536"
              server: {port: eighty}               | server.port     | 1 | cannot be "eighty"
              server: {port: }                     | server.port     | 1 | has no value
              server: {port: [1]}                  | server.port     | 1 | takes one value, not a list
              server: {port: {a: 1}}               | server.port     | 1 | takes one value, not a section
              server: {domain: "https://a.de"}     | server.domain   | 1 | allowed: a host name
              server: {domain: A.example}          | server.domain   | 1 | in lower case
              server: {url: ftp://a.de}            | server.url      | 1 | allowed: http:// or https://
              server: {url: "https://a.de/x"}      | server.url      | 1 | nothing behind it
              server: {url: "https://u:p@a.de"}    | server.url      | 1 | nothing behind it
              server: {memory: 1 MB}               | server.memory   | 1 | auto, or a size from 96 MB to 64 GB
              server: {tls: {mode: on}}            | server.tls.mode | 1 | allowed: off, self-signed, files, acme
              server: {tls: {mode: acme}}          | server.domain   | 0 | is needed with server.tls.mode acme
              server: {tls: {acme: {directory: "http://a.de/d"}}} | server.tls.acme.directory | 1 | allowed: https://
              docker: {profile: huge}              | docker.profile  | 1 | allowed: minimal, standard, full
              docker: {apps: 21}                   | docker.apps     | 1 | a whole number from 1 to 20
              docker: {autoscale: {min: 4, max: 2}} | docker.autoscale.min | 1 | cannot be more than docker.autoscale.max
              docker: {autoscale: {cpu: 100}}      | docker.autoscale.cpu | 1 | a whole number from 10 to 95
              docker: {alerts: {email: a@b.de}}    | docker.alerts.from | 0 | is needed with docker.alerts.email
              docker: {alerts: {email: a@b.de}}    | docker.alerts.smtp | 0 | is needed with docker.alerts.email
              docker: {alerts: {webhook: "https://u:p@a.de/"}} | docker.alerts.webhook | 1 | without user
              server: {tls: {mode: files}}         | server.tls.certificate | 0 | is needed with server.tls.mode files
              server: {tls: on}                    | server.tls      | 1 | is a section, not a value; it holds keys such as server.tls.mode
              server: {bind: 0.0.0.0}              | server.tls.mode | 1 | passwords would travel in the clear
              postgres: {port: 70000}              | postgres.port   | 1 | auto, or a port
              postgres: {memory: lots}             | postgres.memory | 1 | auto, or a size from 32 MB
              postgres: {connections: 5}           | postgres.connections | 1 | a whole number from 10 to 1000
              postgres: {settings: {port: 1}}      | postgres.settings.port | 1 | is decided by nanoctl; set postgres.port
              postgres: {settings: {hba_file: x}}  | postgres.settings.hba_file | 1 | is decided by nanoctl
              postgres: {settings: {Work-Mem: 1}}  | postgres.settings.Work-Mem | 1 | is not the name of a PostgreSQL setting
              postgres: {settings: {a: "1\\n2"}}    | postgres.settings.a | 1 | control characters
              postgres: {settings: 5}              | postgres.settings | 1 | is a section
              objects: {directory: ""}             | objects.directory | 1 | has no value
              objects: {clamd: "clamav"}           | objects.clamd   | 1 | the absolute path of a socket, or host:port
              objects: {clamd: "clamav:70000"}     | objects.clamd   | 1 | the absolute path of a socket, or host:port
              objects: {clamd: "run/clamd.ctl"}    | objects.clamd   | 1 | the absolute path of a socket, or host:port
              objects: {store: ftp}                | objects.store   | 1 | allowed: directory, s3
              objects: {store: s3}                 | objects.s3.endpoint | 0 | is needed with objects.store s3
              objects: {store: s3}                 | objects.s3.bucket | 0 | is needed with objects.store s3
              objects: {s3: {endpoint: s3.eu}}     | objects.s3.endpoint | 1 | allowed: http:// or https://
              objects: {s3: {endpoint: "https://a.de/b"}} | objects.s3.endpoint | 1 | nothing behind it
              objects: {s3: {region: EU Central}}  | objects.s3.region | 1 | allowed: a region's name
              objects: {s3: {bucket: My_Bucket}}   | objects.s3.bucket | 1 | 3 to 63 lower-case letters
              objects: {s3: {path_style: maybe}}   | objects.s3.path_style | 1 | allowed: true or false
              objects: {s3: {prefix: /a/}}         | objects.s3.prefix | 1 | with slashes between them
              objects: {s3: {prefix: a/../b}}      | objects.s3.prefix | 1 | with slashes between them
              objects: {s3: {secret_key: x}}       | objects.s3.secret_key | 1 | secrets do not belong in this file
              limits: {reads_per_minute: 1}        | limits.reads_per_minute | 1 | a whole number from 10
          limits: {writes_per_minute: x}       | limits.writes_per_minute | 1 | a whole number from 10
          limits: {factor: 0}                  | limits.factor   | 1 | a whole number from 1
          database: {password: x}              | database.password | 1 | secrets do not belong in this file
          log: {level: chatty}                 | log.level       | 1 | allowed: error, warn, info, debug
              log: {files: 0}                      | log.files       | 1 | a whole number from 1 to 100
              log: {file_size: 1}                  | log.file_size   | 1 | a size from 1 MB
              port: 8080                           | port            | 1 | is not a key; did you mean server.port?
              server: {prot: 8080}                 | server.prot     | 1 | did you mean server.port?
              frobnicate: 1                        | frobnicate      | 1 | is not a key; see nanoctl config show
              server: &a {port: 1}                 | server          | 1 | anchors
              [1, 2]                               | ``              | 1 | must consist of keys and values
              server: {port: 1                     | ``              | 2 | not valid YAML
          """)
  void aBadValueIsBlamedOnItsKeyWithWhatIsAllowed(
      String yaml, String key, int line, String message) {
    assertThat(invalid(yaml + "\n"))
        .anySatisfy(error -> {
          assertThat(error.key()).isEqualTo(key);
          assertThat(error.line()).isEqualTo(line);
          assertThat(error.message()).contains(message);
        });
  }

  @Test
  void everyErrorIsReportedAtOnceInTheOrderOfTheFile() {
    var errors =
        invalid(
            """
            site:
              name: A
            server:
              port: x
              port: y
            log:
              files: 0
            nonsense: 1
            """);
    assertThat(errors)
        .extracting(ConfigError::toString)
        .containsExactly(
            "line 2, site.name: cannot be \"A\"; allowed: 1 to 31 lower-case letters, digits and"
                + " hyphens, a letter first",
            "line 4, server.port: cannot be \"x\"; allowed: a port, 1 to 65535",
            "line 5, server.port: is set twice; remove one",
            "line 7, log.files: cannot be \"0\"; allowed: a whole number from 1 to 100",
            "line 8, nonsense: is not a key; see nanoctl config show");
  }

  @Test
  void aProxyWithHttpsInFrontAllowsPlainHttpBehindIt() {
    assertThat(valid("server: {bind: 0.0.0.0, url: https://a.example}").url())
        .isEqualTo(URI.create("https://a.example"));
  }

  @Test
  void bothEndsOfARangeBelongToIt() {
    assertThat(valid("limits: {reads_per_minute: 1000000000, writes_per_minute: 10}").limits())
        .isEqualTo(new SiteConfig.Limits(1_000_000_000, 10, 1));
  }

  static SiteConfig valid(String yaml) {
    return switch (new ConfigText(yaml).check()) {
      case ConfigCheck.Valid(SiteConfig config) -> config;
      case ConfigCheck.Invalid(List<ConfigError> errors) -> throw new AssertionError(errors);
    };
  }

  static List<ConfigError> invalid(String yaml) {
    return switch (new ConfigText(yaml).check()) {
      case ConfigCheck.Valid _ -> throw new AssertionError("should be invalid: " + yaml);
      case ConfigCheck.Invalid(List<ConfigError> errors) -> errors;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "'server: {port: 8443, bind: 0.0.0.0, tls: {mode: self-signed}}', -1",
    "'server: {port: 443, bind: 0.0.0.0, tls: {mode: self-signed}}', 80",
    "'server: {http_port: 81, port: 443, bind: 0.0.0.0, tls: {mode: self-signed}}', 81",
    "'server: {port: 8443, bind: 0.0.0.0, domain: a.example, tls: {mode: acme}}', 80",
    "'server: {http_port: 81}', -1",
  })
  void plainHttpSendsBrowsersOnWhereTheyWouldLookForIt(String text, int port) {
    assertThat(valid(text).plainPort().orElse(-1)).isEqualTo(port);
  }
}
