package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Hardware;
import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.core.site.ByteSize;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of processor, kernel and memory. */
final class HardwareChecks {
  private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int KERNEL_NEEDED = 418;
  private static final long LEAST = 600L << 20;
  private static final long COMFORTABLE = 1400L << 20;
  private static final long LEAST_FREE = 400L << 20;

  private HardwareChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "architecture",
            true,
            facts -> architecture(facts.hardware()),
            facts -> with(facts, h -> new Hardware("riscv64", h.kernel(), true, 2, h.memory()))),
        new Check(
            "kernel",
            true,
            facts -> kernel(facts.hardware()),
            facts ->
                with(facts, h -> new Hardware(h.architecture(), "3.10.0", true, 2, h.memory()))),
        new Check(
            "c-library",
            true,
            facts -> library(facts.hardware()),
            facts ->
                with(facts, h -> new Hardware(h.architecture(), h.kernel(), false, 2, h.memory()))),
        new Check(
            "cores",
            true,
            facts -> cores(facts.hardware()),
            facts ->
                with(facts, h -> new Hardware(h.architecture(), h.kernel(), true, 1, h.memory()))),
        new Check(
            "memory",
            true,
            facts -> memory(facts.hardware().memory()),
            facts -> withMemory(facts, new Memory(256L << 20, 200L << 20))),
        new Check(
            "memory-free",
            true,
            facts -> free(facts.hardware().memory()),
            facts -> withMemory(facts, new Memory(4L << 30, 64L << 20))));
  }

  private static Facts with(Facts facts, java.util.function.UnaryOperator<Hardware> change) {
    return new Facts(
        change.apply(facts.hardware()),
        facts.storage(),
        facts.network(),
        facts.host(),
        facts.clocks(),
        facts.site());
  }

  private static Facts withMemory(Facts facts, Memory memory) {
    return with(
        facts, h -> new Hardware(h.architecture(), h.kernel(), h.glibc(), h.cores(), memory));
  }

  private static CheckResult architecture(Hardware hardware) {
    return Set.of("amd64", "x86_64", "aarch64", "arm64").contains(hardware.architecture())
        ? ok("architecture", hardware.architecture())
        : failed(
            "architecture",
            "NC-ARCHITECTURE",
            "there are no PostgreSQL programs for " + hardware.architecture(),
            "use a machine with x86-64 or 64-bit ARM");
  }

  private static CheckResult kernel(Hardware hardware) {
    Matcher version = KERNEL.matcher(hardware.kernel());
    boolean enough =
        version.matches()
            && 100 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2))
                >= KERNEL_NEEDED;
    return enough
        ? ok("kernel", "Linux " + hardware.kernel())
        : failed(
            "kernel",
            "NC-KERNEL",
            "the kernel " + hardware.kernel() + " is too old",
            "use a system with Linux 4.18 or newer, such as Debian 12");
  }

  private static CheckResult library(Hardware hardware) {
    return hardware.glibc()
        ? ok("c-library", "glibc")
        : failed(
            "c-library",
            "NC-C-LIBRARY",
            "this system has no GNU C library, which PostgreSQL's programs need",
            "use Debian, Ubuntu or another system with glibc");
  }

  private static CheckResult cores(Hardware hardware) {
    return hardware.cores() >= 2
        ? ok("cores", hardware.cores() + " cores")
        : warning(
            "cores",
            "NC-FEW-CORES",
            "only one core: imports and searches will take turns",
            "give the machine a second core when it gets busy");
  }

  private static CheckResult memory(Memory memory) {
    String total = new ByteSize(memory.total()) + " memory";
    if (memory.total() < LEAST) {
      return failed(
          "memory",
          "NC-MEMORY",
          total + " is not enough",
          "give the machine (or its container) at least 1 GB");
    }
    return memory.total() < COMFORTABLE
        ? warning(
            "memory",
            "NC-MEMORY-TIGHT",
            total + " is tight",
            "give the machine 2 GB for more than a trial")
        : ok("memory", total);
  }

  private static CheckResult free(Memory memory) {
    String free = new ByteSize(memory.available()) + " of memory free";
    return memory.available() >= LEAST_FREE
        ? ok("memory-free", free)
        : failed(
            "memory-free",
            "NC-MEMORY-FREE",
            "only " + free,
            "end something that takes memory (ps aux --sort=-rss), then try again");
  }
}
