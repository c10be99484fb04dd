package dev.nanoctl.appliance.fleet;

import dev.nanoctl.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database in memory: two versions, and copies of them. */
final class FakeDatabase implements Schema, SafetyCopy {
  private final Map<String, List<String>> copies = new LinkedHashMap<>();
  private final List<String> events = new ArrayList<>();
  private String version = "037";
  private String floor = "037";
  private boolean full;

  void migrate(String newVersion, String newFloor) {
    version = newVersion;
    floor = newFloor;
  }

  void fillDisk() {
    full = true;
  }

  List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String floor() {
    return floor;
  }

  @Override
  public String take(String name) {
    if (full) {
      throw new Problem.Unavailable("NC-TEST-FULL", "the disk is full", "make room").raise();
    }
    copies.put(name, List.of(version, floor));
    return "12 MB";
  }

  @Override
  public void putBack(String name) {
    List<String> then = copies.getOrDefault(name, List.of("", ""));
    migrate(then.getFirst(), then.getLast());
    events.add("put back " + name);
  }

  @Override
  public void drop(String name) {
    copies.remove(name);
  }

  @Override
  public List<String> names() {
    return List.copyOf(copies.keySet());
  }

  @Override
  public String rehearse(String name, String image) {
    events.add("rehearse " + image + " on " + name);
    return "migrated in 1 s";
  }
}
