package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Files;
import dev.nanoctl.appliance.doctor.Facts.Site;
import dev.nanoctl.core.Problem;
import java.util.List;
import java.util.Optional;

/** Checks of the instance itself. */
final class SiteChecks {
  private SiteChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "unfinished",
            true,
            facts -> unfinished(facts.site()),
            facts -> with(facts, site(true, Optional.of("install"), List.of(), Optional.empty()))),
        new Check(
            "leftovers",
            true,
            facts -> leftovers(facts.site()),
            facts ->
                with(
                    facts,
                    site(false, Optional.empty(), List.of("postgres (pid 7)"), Optional.empty()))),
        new Check(
            "data-directory",
            true,
            facts -> data(facts.site()),
            facts ->
                with(
                    facts,
                    site(
                        true,
                        Optional.empty(),
                        List.of(),
                        Optional.of(
                            new Problem.Unavailable(
                                "NC-DATA-OTHER-MAJOR",
                                "the data were made by PostgreSQL 17",
                                "use the nanoctl that made them"))))),
        new Check(
            "secrets",
            false,
            facts -> secrets(facts.site().files()),
            facts -> withFiles(facts, new Files(List.of("token-key"), List.of(), List.of()))),
        new Check(
            "secrets-present",
            false,
            facts -> missing(facts.site()),
            facts -> withFiles(facts, new Files(List.of(), List.of("token-key"), List.of()))),
        new Check(
            "drift",
            false,
            facts -> drift(facts.site().files()),
            facts -> withFiles(facts, new Files(List.of(), List.of(), List.of("pg_hba.conf")))),
        new Check(
            "services",
            false,
            facts -> services(facts.site()),
            facts -> with(facts, unwell(List.of("the server does not answer")))));
  }

  /** The facts of a site where an instance is, or is not, installed. */
  static Facts installed(Facts facts, boolean installed) {
    Site old = facts.site();
    return with(
        facts,
        new Site(
            installed, old.unfinished(), old.leftovers(), old.data(), old.files(), old.unwell()));
  }

  private static Facts with(Facts facts, Site site) {
    return new Facts(
        facts.hardware(), facts.storage(), facts.network(), facts.host(), facts.clocks(), site);
  }

  private static Facts withFiles(Facts facts, Files files) {
    return with(
        facts, new Site(true, Optional.empty(), List.of(), Optional.empty(), files, List.of()));
  }

  private static Site site(
      boolean installed,
      Optional<String> unfinished,
      List<String> leftovers,
      Optional<Problem> data) {
    return new Site(
        installed,
        unfinished,
        leftovers,
        data,
        new Files(List.of(), List.of(), List.of()),
        List.of());
  }

  private static Site unwell(List<String> unwell) {
    return new Site(
        true,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        new Files(List.of(), List.of(), List.of()),
        unwell);
  }

  private static CheckResult unfinished(Site site) {
    return site.unfinished()
        .map(verb ->
            warning(
                "unfinished",
                "NC-UNFINISHED",
                "an interrupted %s waits to be finished".formatted(verb),
                "nanoctl resume"))
        .orElseGet(() -> ok("unfinished", "no interrupted operation"));
  }

  private static CheckResult leftovers(Site site) {
    return site.installed() || site.leftovers().isEmpty()
        ? ok("leftovers", "no process without an instance")
        : failed(
            "leftovers",
            "NC-LEFTOVERS",
            "processes run here without an instance: " + String.join(", ", site.leftovers()),
            "end them with kill, then try again");
  }

  private static CheckResult data(Site site) {
    return site.data()
        .map(why -> failed("data-directory", why.code(), why.message(), why.fix()))
        .orElseGet(() -> ok("data-directory", "absent or this instance's own"));
  }

  private static CheckResult secrets(Files files) {
    return files.openSecrets().isEmpty()
        ? ok("secrets", "private")
        : failed(
            "secrets",
            "NC-SECRET-OPEN",
            "others may read the secrets " + String.join(", ", files.openSecrets()),
            "chmod 0600 them and set new ones");
  }

  private static CheckResult missing(Site site) {
    return site.files().missingSecrets().isEmpty() || !site.installed()
        ? ok("secrets-present", "all there")
        : failed(
            "secrets-present",
            "NC-SECRET-MISSING",
            "missing secrets: " + String.join(", ", site.files().missingSecrets()),
            "restore them from a backup");
  }

  private static CheckResult drift(Files files) {
    return files.drifted().isEmpty()
        ? ok("drift", "rendered files are as rendered")
        : warning(
            "drift",
            "NC-DRIFT",
            "changed by hand: " + String.join(", ", files.drifted()),
            "move them away, then: nanoctl restart; settings of your own go into nanoctl.yml");
  }

  private static CheckResult services(Site site) {
    return site.unwell().isEmpty()
        ? ok("services", site.installed() ? "all well" : "none installed")
        : failed("services", "NC-SERVICES", String.join("; ", site.unwell()), "nanoctl status");
  }
}
