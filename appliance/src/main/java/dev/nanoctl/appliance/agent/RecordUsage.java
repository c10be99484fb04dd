package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.usage.History;
import dev.nanoctl.appliance.usage.Sample;
import dev.nanoctl.appliance.usage.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Notes once a minute how much the instance is used; nothing while its server does not answer. */
public final class RecordUsage implements AgentChore {
  private final Layout layout;
  private final Supplier<Optional<Traffic>> traffic;
  private final InstantSource clock;

  /**
   * Notes the use of that site.
   *
   * @param traffic what its server has answered so far; empty while it does not tell
   */
  public RecordUsage(Layout layout, Supplier<Optional<Traffic>> traffic, InstantSource clock) {
    this.layout = layout;
    this.traffic = traffic;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "usage";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws IOException {
    Optional<Traffic> now = traffic.get();
    if (now.isPresent()) {
      new History(layout.usage())
          .add(new Sample(clock.instant(), Disk.near(layout.root()).free(), now.get()));
    }
  }
}
