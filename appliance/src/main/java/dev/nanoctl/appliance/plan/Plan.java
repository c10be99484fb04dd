package dev.nanoctl.appliance.plan;

import java.util.List;

/** What an operation will do, in order. */
public record Plan(String verb, List<Step> steps) {
  /** Keeps its own copy of the steps. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /** The names of the steps, in order. */
  public List<String> names() {
    return steps.stream().map(Step::name).toList();
  }
}
