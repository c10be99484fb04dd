package dev.nanoctl.appliance.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
  @TempDir private Path root;

  @BeforeEach
  void machine() throws Exception {
    Files.createDirectories(root.resolve("proc"));
    Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));
    Files.writeString(
        root.resolve("proc/meminfo"), "MemTotal: 4194304 kB\nMemAvailable: 3145728 kB\n");
  }

  @Test
  void withoutALimitItIsTheMachines() throws Exception {
    Files.writeString(root.resolve("sys/fs/cgroup/memory.max"), "max\n");
    assertThat(Memory.read(root)).isEqualTo(new Memory(4L << 30, 3L << 30));
  }

  @Test
  void aControlGroupsLimitHolds() throws Exception {
    Files.writeString(root.resolve("sys/fs/cgroup/memory.max"), "1073741824\n");
    Files.writeString(root.resolve("sys/fs/cgroup/memory.current"), "73741824\n");
    assertThat(Memory.read(root)).isEqualTo(new Memory(1L << 30, 1_000_000_000));
  }

  @Test
  void theFirstVersionOfControlGroupsCountsToo() throws Exception {
    Files.writeString(root.resolve("sys/fs/cgroup/memory/memory.limit_in_bytes"), "536870912\n");
    assertThat(Memory.read(root).total()).isEqualTo(512L << 20);
    Files.writeString(
        root.resolve("sys/fs/cgroup/memory/memory.limit_in_bytes"), "9223372036854771712\n");
    assertThat(Memory.read(root).total()).isEqualTo(4L << 30);
  }
}
