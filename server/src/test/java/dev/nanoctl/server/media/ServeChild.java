package dev.nanoctl.server.media;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.main.NanoServer;
import dev.nanoctl.server.testing.TestServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server in a process of its own, to be killed; writes its port in one line. */
final class ServeChild {
  private ServeChild() {}

  /** Arguments: JDBC URL, user, folder; the password is in the environment. */
  public static void main(String[] args) throws InterruptedException {
    DatabaseConfig database =
        DatabaseConfig.of(args[0], args[1], new Secret(System.getenv("CHILD_DATABASE")));
    NanoServer server = NanoServer.start(TestServer.config(Path.of(args[2]), database));
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write((server.port() + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread.currentThread().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
