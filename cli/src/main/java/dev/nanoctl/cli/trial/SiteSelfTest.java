package dev.nanoctl.cli.trial;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.tls.SiteTrust;
import dev.nanoctl.cli.command.SelfTest;
import dev.nanoctl.cli.data.SiteDatabase;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.main.TrialTool;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Goes through an instance by its front door with two accounts of its own, which it makes and
 * removes in the database, beside the running server.
 */
public final class SiteSelfTest implements SelfTest {
  private static final int CONNECTIONS = 2;

  private final SiteDatabase database;
  private final InstantSource clock;

  /** Of instances with these databases. */
  public SiteSelfTest(SiteDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<Step> run(SiteFolder site, Listener listener) {
    Optional<Instance> instance = Instance.find(site).filter(Instance::installed);
    if (instance.isEmpty()) {
      return List.of();
    }
    var course = new Course(listener, clock);
    try (var lock = lock(instance.get().layout())) {
      assert lock != null;
      travel(instance.get(), course);
    } catch (ProblemException e) {
      // before the first step: all others catch theirs themselves
      course.step(
          "reach the instance",
          "",
          () -> {
            throw e;
          });
    }
    return course.end();
  }

  /** Two at once would take each other's accounts for what a killed one left. */
  private OperationLock lock(Layout layout) {
    return OperationLock.take(
        layout.state().resolve("self-test.lock"),
        layout.state().resolve("self-test.json"),
        "doctor --self-test",
        clock.instant());
  }

  private void travel(Instance instance, Course course) {
    database.with(
        instance,
        CONNECTIONS,
        session -> {
          var objects = SiteObjects.of(instance, session.config());
          try (var tool = TrialTool.open(session.platform(), objects);
              var door =
                  new FrontDoor(
                      session.config().url(), SiteTrust.of(instance.layout(), session.config()))) {
            new Trial(course, tool, door, TrialPackage.make()).run();
          }
          return course;
        });
  }
}
