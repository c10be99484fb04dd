package dev.nanoctl.appliance;

import dev.nanoctl.appliance.StatusReport.Service;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.doctor.CertificateCheck;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects what is wrong with an instance, whatever engine it runs with. */
public final class StatusNotes {
  private static final long SOON_DAYS = 14;
  private static final long LITTLE_SPACE = 512L << 20;

  private final Instance instance;
  private final InstantSource clock;
  private final List<Problem> problems = new ArrayList<>();

  /** Nothing is wrong with that instance yet. */
  public StatusNotes(Instance instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  /** All that was found, in the order it was. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Something is not well. */
  public void add(String code, String message, String fix) {
    problems.add(new Problem.NotWell(code, message, fix));
  }

  /** How the agent is. */
  public Service agent(boolean stopped) {
    var process = new AgentProcess(instance.layout());
    Optional<RunningProcess> running = process.running();
    if (running.isPresent()) {
      return new Service(
          "agent", State.RUNNING, true, OptionalLong.of(running.get().pid()), process.since());
    }
    if (!stopped) {
      add(
          "NC-AGENT-DOWN",
          "the agent is down: nothing starts services again that end",
          "nanoctl start");
    }
    return new Service(
        "agent",
        stopped ? State.STOPPED : State.DOWN,
        false,
        OptionalLong.empty(),
        Optional.empty());
  }

  /**
   * What can be wrong with any instance: it is stopped, files were changed, the disk is full.
   *
   * @param driftFix what to do about a rendered file that someone changed
   */
  public void common(boolean stopped, String driftFix) {
    if (stopped) {
      add("NC-STOPPED", "the instance is stopped", "nanoctl start");
    }
    for (String name : new RenderedFiles(instance.layout()).drifted()) {
      add("NC-DRIFT", name + " was changed by hand and is no longer rendered", driftFix);
    }
    disk();
  }

  private void disk() {
    try {
      FileStore store = Files.getFileStore(instance.layout().root());
      if (store.getUsableSpace() < LITTLE_SPACE) {
        add(
            "NC-DISK-LOW",
            "only %d MB are free on the disk of %s"
                .formatted(store.getUsableSpace() >> 20, instance.layout().root()),
            "make room before it is full");
      }
    } catch (IOException e) {
      add(
          "NC-DISK-UNREADABLE",
          "the disk of %s cannot be read: %s".formatted(instance.layout().root(), e.getMessage()),
          "nanoctl doctor");
    }
  }

  /** The server cannot store packages in that folder. */
  void packagesClosed(Path folder) {
    add(
        "NC-OBJECTS-READ-ONLY",
        "no package can be stored in %s; those that are there can be read".formatted(folder),
        "nanoctl doctor says what is wrong with it");
  }

  /**
   * A service ran and did not answer any more; it was started anew and is well since, or not.
   *
   * @param times since the agent began
   * @param last when that was last, as people read it
   */
  public void hung(String service, long times, String last) {
    add(
        "NC-SERVER-HUNG",
        "%s did not answer any more and was started anew %s, last at %s"
            .formatted(service, times == 1 ? "once" : times + " times", last),
        "nanoctl logs " + service + " shows what it was doing; nanoctl restart forgets this");
  }

  /** What will be wrong soon. */
  public void foresee(Usage usage) {
    usage.disk().daysLeft().stream()
        .filter(days -> days < SOON_DAYS)
        .forEach(days ->
            add(
                "NC-DISK-FILLING",
                "the disk will be full in about %d days".formatted(days),
                "make room, or give the machine a larger disk"));
    CheckResult certificate = CertificateCheck.judge(usage.certificate(), clock.instant());
    if (!certificate.ok()) {
      add(certificate.code(), certificate.message(), certificate.fix());
    }
  }
}
