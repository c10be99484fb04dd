package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.cli.testing.TestCall;
import dev.nanoctl.core.explain.Explanations;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command with arguments it must refuse. */
class UsageTest {
  @TempDir private Path folder;
  private Path site = Path.of("");

  @BeforeEach
  void installed() throws IOException {
    site = Files.createDirectories(folder.resolve("site"));
    Files.writeString(site.resolve("nanoctl.yml"), "server:\n  port: 8080\n");
  }

  /** Arguments, exit status, code, and what the message and the fix say. */
  @ParameterizedTest(name = "nanoctl {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
              stauts                          | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl stauts | did you mean: nanoctl status
              frobnicate                      | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl frobnicate | nanoctl --help
              --frob                          | 2  | NC-USAGE | nanoctl has no option --frob | nanoctl --help
              --site                          | 2  | NC-USAGE | --site needs a value | --help
              install --prot 1                | 2  | NC-USAGE | nanoctl install has no option --prot | did you mean --port?
              install --port                  | 2  | NC-USAGE | --port needs a value | nanoctl install --help
              install --port 0                | 2  | NC-USAGE | --port cannot be "0"; allowed: a port, 1 to 65535 | --help
              install --port eighty           | 2  | NC-USAGE | --port cannot be "eighty" | --help
              install --port 1 --port 2       | 2  | NC-USAGE | --port is given twice | --help
              install --bind nowhere          | 2  | NC-USAGE | --bind cannot be "nowhere"; allowed: an IP address | --help
              install --domain https://a.de   | 2  | NC-USAGE | --domain cannot be "https://a.de"; allowed: a host name | --help
              install --email nobody          | 2  | NC-USAGE | --email cannot be "nobody"; allowed: an e-mail address | --help
              install --tls lets-encrypt      | 2  | NC-USAGE | --tls cannot be "lets-encrypt"; allowed: off, self-signed, files, acme | --help
              install --name Ä                | 2  | NC-USAGE | --name cannot be "Ä" | --help
              install --engine swarm          | 2  | NC-USAGE          | --engine cannot be "swarm"; allowed: embedded, docker | --help
              install --port 9000 --yes       | 2  | NC-SITE-DIFFERS | the site exists with server.port 8080, not 9000 | config set server.port 9000
              install --database db           | 2  | NC-USAGE | --database cannot be "db"; allowed: HOST[:PORT]/NAME | nanoctl install --help
              install --database db/n         | 2  | NC-USAGE | --database needs --database-user | nanoctl install --help
              install --database db:0/n --database-user u | 2 | NC-USAGE | --database cannot be "0"; allowed: a port | --help
              install --database db/n --database-user 1a | 2 | NC-USAGE | --database-user cannot be | --help
              install --database db/n --database-user u --database-tls on | 2 | NC-USAGE | --database-tls cannot be "on"; allowed: verify-full, off | --help
              install --database-user u       | 2  | NC-USAGE | --database-… options need --database | nanoctl install --help
              install --database-replication  | 2  | NC-USAGE | --database-… options need --database | nanoctl install --help
              install --database db/n --database-user u | 2 | NC-SITE-DIFFERS | the site exists with postgres.external.host unset, not db | config set
              install extra                   | 2  | NC-USAGE | nanoctl install does not take "extra" | nanoctl install --help
              status --wach                   | 2  | NC-USAGE | has no option --wach | did you mean --watch?
              status now                      | 2  | NC-USAGE | nanoctl status does not take "now" | --help
              start now                       | 2  | NC-USAGE | nanoctl start does not take "now" | --help
              stop --now                      | 2  | NC-USAGE | nanoctl stop has no option --now | --help
              restart server                  | 2  | NC-USAGE | nanoctl restart does not take "server" | --help
              logs servr                      | 2  | NC-SERVICE-UNKNOWN | there is no service servr | did you mean: nanoctl logs server
              logs --since yesterday          | 2  | NC-USAGE | --since cannot be "yesterday"; allowed: 10m | --help
              logs --lines many               | 2  | NC-USAGE | --lines cannot be "many"; allowed: a whole number | --help
              logs --lines -1                 | 2  | NC-USAGE | --lines cannot be negative | --help
              logs                            | 10 | NC-NOT-INSTALLED | there is no instance in | nanoctl install
              doctor --selftest               | 2  | NC-USAGE | has no option --selftest | did you mean --self-test?
              config                          | 2  | NC-USAGE | say what: show, get, set, validate, edit | nanoctl config --help
              config shwo                     | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl config shwo | did you mean: nanoctl config show
              config get                      | 2  | NC-USAGE | KEY is missing | nanoctl config get --help
              config get port                 | 2  | NC-CONFIG-KEY | there is no key port | did you mean server.port?
              config get nonsense             | 2  | NC-CONFIG-KEY | there is no key nonsense | nanoctl config show
              config set                      | 2  | NC-USAGE | KEY is missing | --help
              config set server.port          | 2  | NC-USAGE | config set needs a value, or --default | config set server.port VALUE
              config set server.port 1 --default | 2 | NC-USAGE | config set needs a value, or --default, and not both | VALUE
              config set server.prt 1         | 2  | NC-CONFIG-KEY | there is no key server.prt | did you mean server.port?
              config set server.port 99999    | 13 | NC-CONFIG-INVALID | server.port: cannot be "99999" | nanoctl config edit
              config set server.bind 0.0.0.0  | 13 | NC-CONFIG-INVALID | passwords would travel in the clear | nanoctl config edit
              config validate /none           | 10 | NC-NOT-INSTALLED | there is no instance in | nanoctl install
              config show now                 | 2  | NC-USAGE | nanoctl config show does not take "now" | --help
              config edit now                 | 2  | NC-USAGE | nanoctl config edit does not take "now" | --help
              drift now                       | 2  | NC-USAGE | nanoctl drift does not take "now" | --help
              backup                          | 2  | NC-USAGE | say what: create, list, show, verify, prune, status, target | nanoctl backup --help
              backup create now               | 2  | NC-USAGE | nanoctl backup create does not take "now" | --help
              backup create                   | 2  | NC-BACKUP-NO-TARGET | there is no target for backups | nanoctl backup target add
              backup list all                 | 2  | NC-USAGE | nanoctl backup list does not take "all" | --help
              backup show                     | 15 | NC-BACKUP-NONE | there is no good backup yet | nanoctl backup list
              backup verify a b               | 2  | NC-USAGE | nanoctl backup verify does not take "b" | --help
              backup prune now                | 2  | NC-USAGE | nanoctl backup prune does not take "now" | --help
              backup status                   | 2  | NC-BACKUP-NO-TARGET | there is no target for backups | nanoctl backup target add
              backup target                   | 2  | NC-USAGE | say what: add, test, list | nanoctl backup target --help
              backup target add               | 2  | NC-USAGE | LOCATION is missing | --help
              backup target add here          | 2  | NC-USAGE | LOCATION cannot be "here"; allowed: an absolute path | --help
              backup target test a b          | 2  | NC-USAGE | nanoctl backup target test does not take "b" | --help
              backup target list all          | 2  | NC-USAGE | nanoctl backup target list does not take "all" | --help
              backup keep now                 | 2  | NC-USAGE | nanoctl backup keep does not take "now" | --help
              kit                             | 2  | NC-USAGE | say what: print | nanoctl kit --help
              kit print now                   | 2  | NC-USAGE | nanoctl kit print does not take "now" | --help
              certs                           | 2  | NC-USAGE | say what: status, renew, import | nanoctl certs --help
              certs status now                | 2  | NC-USAGE | nanoctl certs status does not take "now" | --help
              certs renew --rehearse --due    | 2  | NC-USAGE | --rehearse and --due exclude each other | give one
              certs import                    | 2  | NC-USAGE | certs import needs --certificate and --key, or --back | --key FILE
              certs import --back --key a     | 2  | NC-USAGE | certs import needs --certificate and --key, or --back | --key FILE
              certs import --certificate foreign --key a --plan | 13 | NC-TLS-NAME | the certificate is for b.example | get one
              user                            | 2  | NC-USAGE | say what: create, list, role, reset-password | nanoctl user --help
              user create                     | 2  | NC-USAGE | EMAIL is missing | nanoctl user create --help
              user create nobody              | 2  | NC-EMAIL-INVALID | "nobody" is no e-mail address | admin@lernhof.example
              user create a@b.de --role king  | 2  | NC-USAGE | --role cannot be "king"; allowed: consumer, creator, moderator, admin | --help
              user role a@b.de                | 2  | NC-USAGE | ROLE is missing | --help
              user role a@b.de king           | 2  | NC-USAGE | ROLE cannot be "king"; allowed: consumer | --help
              user role nobody admin          | 2  | NC-EMAIL-INVALID | "nobody" is no e-mail address | admin@
              user list all                   | 2  | NC-USAGE | nanoctl user list does not take "all" | --help
              user reset-password             | 2  | NC-USAGE | EMAIL is missing | --help
              user delete a@b.de              | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl user delete | nanoctl user --help
              import                          | 2  | NC-USAGE | PATH is missing | nanoctl import --help
              import /none                    | 2  | NC-IMPORT-PATH | /none does not exist | give a file or a folder
              import / --as nobody            | 2  | NC-EMAIL-INVALID | "nobody" is no e-mail address | admin@
              objects                         | 2  | NC-USAGE | say what: copy, probe | nanoctl objects --help
              objects copy now                | 2  | NC-USAGE | nanoctl objects copy does not take "now" | --help
              objects probe now               | 2  | NC-USAGE | nanoctl objects probe does not take "now" | --help
              search                          | 2  | NC-USAGE | say what: reindex | nanoctl search --help
              search reindex now              | 2  | NC-USAGE | nanoctl search reindex does not take "now" | --help
              search reindx                   | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl search reindx | did you mean: nanoctl search reindex
              audit                           | 2  | NC-USAGE | say what: verify | nanoctl audit --help
              audit verify 7                  | 2  | NC-USAGE | nanoctl audit verify does not take "7" | --help
              support-bundle now              | 2  | NC-USAGE | nanoctl support-bundle does not take "now" | nanoctl support-bundle --help
              support-bundle --output /none/b.zip | 2 | NC-BUNDLE-UNWRITABLE | there is no such folder | nanoctl support-bundle --output FILE
              explain NC-PORT                 | 2  | NC-CODE-UNKNOWN | there is no error code NC-PORT | nanoctl explain
              explain ZIP_BOM                 | 2  | NC-CODE-UNKNOWN | there is no error code ZIP_BOM | did you mean: nanoctl explain ZIP_BOMB
              explain A B                     | 2  | NC-USAGE | nanoctl explain does not take "B" | --help
              scale                           | 2  | NC-USAGE | app=N is missing | nanoctl scale --help
              scale app=0                     | 2  | NC-USAGE | scale takes app=1 to app=20, not "app=0" | nanoctl scale app=3
              scale app=21                    | 2  | NC-USAGE | scale takes app=1 to app=20, not "app=21" | nanoctl scale app=3
              scale worker=2                  | 2  | NC-USAGE | scale takes app=1 to app=20, not "worker=2" | nanoctl scale app=3
              autoscale                       | 2  | NC-USAGE | say what: on, off, status | nanoctl autoscale --help
              autoscale on 5                  | 2  | NC-USAGE | nanoctl autoscale on does not take "5" | --help
              autoscale off now               | 2  | NC-USAGE | nanoctl autoscale off does not take "now" | --help
              autoscale status all            | 2  | NC-USAGE | nanoctl autoscale status does not take "all" | --help
              upgrade --rehears               | 2  | NC-USAGE | has no option --rehears | did you mean --rehearse?
              rollback 0.1.0                  | 2  | NC-USAGE | nanoctl rollback does not take "0.1.0" | --help
              restore                         | 2  | NC-CONFIRM | restore asks before it switches data | restore --yes
              restore now                     | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl restore now | --help
              restore --to                    | 2  | NC-USAGE | --to | --help
              restore accept all              | 2  | NC-USAGE | nanoctl restore accept does not take "all" | --help
              restore undo 1                  | 2  | NC-USAGE | nanoctl restore undo does not take "1" | --help
              migrate docker                  | 2  | NC-COMMAND-UNKNOWN | there is no command nanoctl migrate docker | nanoctl migrate --help
              migrate accept all              | 2  | NC-USAGE | nanoctl migrate accept does not take "all" | --help
              recover                         | 2  | NC-USAGE | missing | nanoctl recover --help
              recover --kit k --from here     | 2  | NC-USAGE | --from cannot be "here"; allowed: an absolute path | nanoctl recover --help
              recover --kit k --from s3://bucket/x | 2 | NC-USAGE | a bucket needs --endpoint | nanoctl recover --help
              recover --kit k --from /mnt/b   | 2  | NC-RECOVER-INSTALLED | there is an instance in | nanoctl restore
              drill                           | 2  | NC-USAGE | say what: run, list, show | nanoctl drill --help
              drill run --sample              | 2  | NC-USAGE | nanoctl drill run has no option --sample | did you mean --sampled?
              drill list all                  | 2  | NC-USAGE | nanoctl drill list does not take "all" | --help
              drill show 1 2                  | 2  | NC-USAGE | nanoctl drill show does not take "2" | --help
              secrets                         | 2  | NC-USAGE | say what: list, rotate | nanoctl secrets --help
              secrets list all                | 2  | NC-USAGE | nanoctl secrets list does not take "all" | --help
              secrets rotate --force          | 2  | NC-USAGE | nanoctl secrets rotate has no option --force | --help
              resume install                  | 2  | NC-USAGE | nanoctl resume does not take "install" | --help
              uninstall                       | 2  | NC-CONFIRM | uninstall asks before it removes something | nanoctl uninstall --yes
              uninstall --purge               | 2  | NC-CONFIRM | uninstall asks before it removes something | nanoctl uninstall --yes --purge
              uninstall --prge                | 2  | NC-USAGE | has no option --prge | did you mean --purge?
              completion                      | 2  | NC-USAGE | SHELL is missing | --help
              completion csh                  | 2  | NC-USAGE | cannot be "csh"; allowed: bash, zsh, fish | --help
              serve now                       | 2  | NC-USAGE | nanoctl serve does not take "now" | --help
              agent --now                     | 2  | NC-USAGE | nanoctl agent has no option --now | --help
              man                             | 2  | NC-USAGE | DIR is missing | nanoctl man --help
              warm-up now                     | 2  | NC-USAGE | nanoctl warm-up does not take "now" | --help
              version 2                       | 2  | NC-USAGE | nanoctl version does not take "2" | --help
              shell -c ls                     | 2  | NC-USAGE | nanoctl shell has no option -c | --help
          """)
  void wrongArgumentsAreRefused(String line, int status, String code, String message, String fix) {
    String[] arguments = line.split(" ", -1);
    TestCall said = call(arguments);
    assertThat(said.status()).isEqualTo(status);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("error " + code + ": ").contains(message).contains(fix);
    assertThat(said.err()).contains("more: nanoctl explain " + code).doesNotContain("\tat ");

    var withJson = new ArrayList<>(List.of(arguments));
    withJson.addFirst("--json");
    TestCall answered = call(withJson.toArray(new String[0]));
    assertThat(answered.status()).isEqualTo(status);
    assertThat(answered.err()).isEmpty();
    JsonObject error = Json.parseObject(answered.out()).object("error").orElseThrow();
    assertThat(error.text("code")).contains(code);
    assertThat(error.text("message").orElseThrow()).contains(message);
    assertThat(error.text("fix").orElseThrow()).contains(fix);
    assertThat(Explanations.all().find(code)).isPresent();
  }

  private TestCall call(String... arguments) {
    var tester = new CliTester(site);
    return arguments[arguments.length - 1].equals("--site")
        ? tester.callPlain(arguments)
        : tester.call(arguments);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(List<String> command) {
    var arguments = new ArrayList<>(command);
    arguments.add("--help");
    TestCall help = new CliTester(site).call(arguments.toArray(new String[0]));
    assertThat(help.status()).isZero();
    assertThat(help.out()).startsWith("usage: nanoctl");
    assertThat(command).allSatisfy(word -> assertThat(help.out()).contains(word));
    assertThat(help.out().lines()).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(100));
  }

  static Stream<List<String>> commands() {
    var all = new ArrayList<List<String>>();
    collect(program(), List.of(), all);
    return all.stream();
  }

  static CommandLine program() {
    return new CliTester(Path.of("/none"))
        .cli(new ByteArrayOutputStream(), new ByteArrayOutputStream())
        .commands();
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
    all.add(path);
    command
        .getSubcommands()
        .forEach((name, sub) -> {
          var deeper = new ArrayList<>(path);
          deeper.add(name);
          collect(sub, deeper, all);
        });
  }

  @Test
  void everyCommandIsInTheTableAbove() throws NoSuchMethodException {
    String table =
        UsageTest.class
            .getDeclaredMethod(
                "wrongArgumentsAreRefused",
                String.class,
                int.class,
                String.class,
                String.class,
                String.class)
            .getAnnotation(CsvSource.class)
            .textBlock();
    commands()
        .map(path -> String.join(" ", path))
        .forEach(path ->
            assertThat(table.lines().map(String::strip)).anyMatch(line -> line.startsWith(path)));
  }

  @Test
  void verbsThatChangeSomethingHaveAPlan() {
    List<String> changing =
        List.of(
            "install",
            "start",
            "stop",
            "restart",
            "resume",
            "uninstall",
            "import",
            "scale",
            "upgrade",
            "rollback",
            "restore",
            "recover",
            "migrate",
            "secrets rotate",
            "config set",
            "user create",
            "user role",
            "user reset-password",
            "search reindex",
            "objects copy");
    for (String verb : changing) {
      TestCall help = new CliTester(site).call((verb + " --help").split(" ", -1));
      assertThat(help.out()).as(verb).contains("--plan");
    }
  }
}
