package dev.nanoctl.backup.crash;

import dev.nanoctl.backup.LogPosition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The shipper's process, as the one sees it that kills it. */
final class KilledShipper implements AutoCloseable {
  private final CrashSite site;
  private final int port;
  private Optional<Process> process = Optional.empty();
  private volatile LogPosition acknowledged = new LogPosition(0);

  KilledShipper(CrashSite site, int port) {
    this.site = site;
    this.port = port;
  }

  void start() throws IOException {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", classPath()),
                ShipperProcess.class.getName(),
                Integer.toString(port),
                site.folder().toString())
            .redirectError(
                ProcessBuilder.Redirect.appendTo(site.folder().resolve("shipper.log").toFile()))
            .start();
    process = Optional.of(started);
    Thread.ofPlatform().daemon().start(() -> read(started));
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private void read(Process from) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LogPosition said = LogPosition.parse(line);
        synchronized (this) {
          acknowledged = said.compareTo(acknowledged) > 0 ? said : acknowledged;
        }
      }
    } catch (IOException e) {
      if (from.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The end of what it ever said was durable. */
  LogPosition acknowledged() {
    return acknowledged;
  }

  /** Ends it as a failing machine would. */
  void kill() throws InterruptedException {
    if (process.isPresent()) {
      process.get().destroyForcibly().waitFor();
    }
  }

  /** Waits until it said that much is durable. */
  void await(LogPosition end) throws IOException, InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (acknowledged.compareTo(end) < 0) {
      if (!process.map(Process::isAlive).orElse(false) || System.nanoTime() > limit) {
        throw new IOException("the shipper stands at %s, not %s".formatted(acknowledged, end));
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
