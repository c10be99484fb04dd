package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.fleet.AutoscaleChore;
import dev.nanoctl.core.json.Json;
import org.junit.jupiter.api.Test;

class AppMeterTest {
  @Test
  void timeAndLimitAreReadFromWhatTheEngineCounts() {
    String stats =
        """
        {"cpu_stats": {"cpu_usage": {"total_usage": 123456789, "usage_in_usermode": 1}, "online_cpus": 2},
         "memory_stats": {"usage": 1000, "limit": 536870912}}
        """;
    assertThat(AppMeter.used("c1", Json.parseObject(stats)))
        .isEqualTo(new AutoscaleChore.Used("c1", 123_456_789, 512L << 20));
  }
}
