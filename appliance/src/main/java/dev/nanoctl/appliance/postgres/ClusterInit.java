package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the data directory of a new cluster: checksums, UTF-8, SCRAM only.
 *
 * <p>Text is ordered by code point (the builtin C.UTF-8, which no update of a library changes);
 * lists for people ask for {@code COLLATE "de-x-icu"}. See decision 0030.
 */
public final class ClusterInit {
  /** The superuser of every cluster of ours. */
  public static final String SUPERUSER = "nanoctl";

  private final Cluster cluster;

  /** Makes the data directory of that cluster. */
  public ClusterInit(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Makes the folders, runs {@code initdb} and stamps the result with the instance's id. */
  public void create(String instance, Secret password) throws IOException, InterruptedException {
    create(instance, password, List.of());
  }

  void create(String instance, Secret password, List<String> options)
      throws IOException, InterruptedException {
    folder(cluster.home());
    folder(cluster.run());
    folder(cluster.data());
    Path passwordFile = cluster.home().resolve("initial-password");
    try {
      Files.deleteIfExists(passwordFile);
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, password.value() + "\n");
      cluster.account().own(passwordFile);
      initdb(options);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.writeString(cluster.stamp(), instance + "\n");
    cluster.account().own(cluster.stamp());
  }

  private void initdb(List<String> options) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                cluster.programs().program("initdb"),
                "--pgdata=" + PostgresServer.HERE,
                "--username=" + SUPERUSER,
                "--pwfile=../initial-password",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
    command.addAll(options);
    Process process = PostgresServer.builder(cluster, command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new Problem.Unavailable(
              "NC-INITDB",
              "the database could not be created: " + lastLine(output),
              "see what initdb said with --verbose; nanoctl doctor checks disk, memory and account")
          .raise(new IOException(output));
    }
  }

  private void folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    cluster.account().own(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private static String lastLine(String output) {
    return output
        .lines()
        .filter(line -> line.contains("error") || line.contains("FATAL") || line.contains("could"))
        .findFirst()
        .orElse("no reason given");
  }
}
