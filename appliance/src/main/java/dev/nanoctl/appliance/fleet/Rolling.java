package dev.nanoctl.appliance.fleet;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Changes containers one at a time, so that never fewer are well than before. */
public final class Rolling {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Stack stack;
  private final BooleanSupplier interrupted;

  /** Changes those containers, until it is interrupted between two of them. */
  public Rolling(Stack stack, BooleanSupplier interrupted) {
    this.stack = stack;
    this.interrupted = interrupted;
  }

  /**
   * Has that many containers, each well; those that are there stay. As many start at the same time
   * as the machine has cores: more would only keep each other from becoming well in time.
   */
  void add(String image, int apps) throws InterruptedException {
    int total = stack.apps().size();
    do {
      total = Math.min(apps, total + Runtime.getRuntime().availableProcessors());
      stack.start(image, total);
      awaitHealthy(container -> true, total);
    } while (total < apps && !interrupted.getAsBoolean());
  }

  /** Has no more than that many: the youngest are drained, all at the same time. */
  void drainTo(int apps) throws InterruptedException {
    List<AppContainer> all = stack.apps();
    drain(all.subList(Math.min(apps, all.size()), all.size()));
  }

  /** Has one more container than before, of that image, unless one is there already. */
  void lead(String image) throws InterruptedException {
    List<AppContainer> all = stack.apps();
    if (all.stream().noneMatch(container -> container.image().equals(image))) {
      stack.start(image, all.size() + 1);
    }
    awaitHealthy(container -> container.image().equals(image), 1);
  }

  /** Has that many containers of which each is as wanted; the others are drained one by one. */
  void replace(String image, int apps, Predicate<AppContainer> wanted) throws InterruptedException {
    while (!interrupted.getAsBoolean()) {
      List<AppContainer> all = stack.apps();
      List<AppContainer> good = all.stream().filter(wanted).toList();
      List<AppContainer> old =
          all.stream()
              .filter(wanted.negate())
              .sorted(Comparator.comparing(AppContainer::healthy))
              .toList();
      if (old.isEmpty() && good.size() == apps) {
        awaitHealthy(wanted, apps);
        return;
      }
      awaitHealthy(wanted, Math.min(good.size(), apps));
      if (good.size() < apps && all.size() <= apps) {
        stack.start(image, all.size() + 1);
        awaitHealthy(wanted, good.size() + 1);
      } else {
        drain(old.isEmpty() ? good.subList(apps, good.size()) : old.subList(0, 1));
      }
    }
  }

  /**
   * Has that many containers of which each is as wanted, like {@link #replace}; when a new one does
   * not become well, those that are not well go again and the old ones go on serving.
   */
  public void renew(String image, int apps, Predicate<AppContainer> wanted)
      throws InterruptedException {
    try {
      replace(image, apps, wanted);
    } catch (ProblemException e) {
      drain(
          stack.apps().stream()
              .filter(wanted)
              .filter(Predicate.not(AppContainer::healthy))
              .toList());
      throw e;
    }
  }

  private void drain(List<AppContainer> containers) throws InterruptedException {
    if (containers.isEmpty()) {
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Void>>();
      for (AppContainer container : containers) {
        tasks.add(() -> {
          stack.drain(container.id());
          return null;
        });
      }
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void awaitHealthy(Predicate<AppContainer> which, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!interrupted.getAsBoolean()) {
      List<AppContainer> all = stack.apps().stream().filter(which).toList();
      if (all.stream().filter(AppContainer::healthy).count() >= count) {
        return;
      }
      for (AppContainer container : all) {
        if (container.failed()) {
          throw unwell(container, "is " + container.state() + " " + container.health());
        }
      }
      if (System.nanoTime() > deadline) {
        throw all.isEmpty()
            ? new IllegalStateException("no container")
            : unwell(all.getLast(), "is not well after %d s".formatted(PATIENCE.toSeconds()));
      }
      Thread.sleep(PAUSE);
    }
  }

  private RuntimeException unwell(AppContainer container, String how) throws InterruptedException {
    String said = stack.lastWords(container.id());
    return new Problem.Unavailable(
            "NC-APP-UNHEALTHY",
            "a container of %s %s%s"
                .formatted(container.image(), how.strip(), said.isEmpty() ? "" : ": " + said),
            "nanoctl logs app")
        .raise();
  }
}
