package dev.nanoctl.appliance.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Containers in memory: they become healthy at once, unless their image is broken. */
final class FakeStack implements Stack {
  private final List<AppContainer> containers = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> built = new HashSet<>();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private String described = "";
  private int made;
  private int fewest = Integer.MAX_VALUE;
  private int most;

  /** From now on containers of that image never become well. */
  void breakImage(String image) {
    broken.add(image);
  }

  /** From now on containers are made from that description. */
  void describe(String hash) {
    described = hash;
  }

  void later(Instant then) {
    now = then;
  }

  List<String> events() {
    return List.copyOf(events);
  }

  /** The fewest healthy containers there were since the last call. */
  int fewest() {
    int seen = fewest;
    fewest = Integer.MAX_VALUE;
    return seen;
  }

  int most() {
    return most;
  }

  List<String> images() {
    return containers.stream().map(AppContainer::image).toList();
  }

  boolean built(String image) {
    return built.contains(image);
  }

  @Override
  public synchronized List<AppContainer> apps() {
    return List.copyOf(containers);
  }

  @Override
  public synchronized void start(String image, int total) {
    while (containers.size() < total) {
      made++;
      now = now.plusSeconds(1);
      containers.add(
          new AppContainer(
              "c" + made,
              image,
              "running",
              broken.contains(image) ? "unhealthy" : "healthy",
              now,
              described));
      events.add("start c" + made + " " + image);
      count();
    }
  }

  @Override
  public synchronized void drain(String id) {
    if (containers.removeIf(container -> container.id().equals(id))) {
      events.add("drain " + id);
      count();
    }
  }

  private void count() {
    int healthy = (int) containers.stream().filter(AppContainer::healthy).count();
    fewest = Math.min(fewest, healthy);
    most = Math.max(most, containers.size());
  }

  @Override
  public String lastWords(String id) {
    return "no such table: nano";
  }

  @Override
  public void dropImage(String image) {
    events.add("drop " + image);
  }

  @Override
  public void build(String image) {
    built.add(image);
  }
}
