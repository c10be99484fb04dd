package dev.nanoctl.appliance.postgres;

import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a data directory is, before anything is done to it. */
public sealed interface DataDirectory {
  /** There is none, or an empty folder. */
  record Absent() implements DataDirectory {}

  /** It carries this instance's stamp and this major version. */
  record Ours() implements DataDirectory {}

  /** It must not be touched. */
  record Refused(Problem why) implements DataDirectory {}

  /** Looks at the data directory of a cluster, for the instance of that id. */
  static DataDirectory examine(Cluster cluster, String instance) {
    Path data = cluster.data();
    try {
      if (!Files.exists(data) || isEmpty(data)) {
        return new Absent();
      }
      Optional<String> major = read(data.resolve("PG_VERSION"));
      if (major.isEmpty()) {
        return new Refused(
            problem(
                "NC-DATA-NOT-A-CLUSTER",
                data + " holds files, and they are not a database",
                "move them away, or choose another folder with --site"));
      }
      Optional<String> stamp = read(cluster.stamp());
      if (stamp.isEmpty() || !stamp.get().equals(instance)) {
        return new Refused(
            problem(
                "NC-DATA-FOREIGN",
                data + " belongs to " + stamp.map(id -> "instance " + id).orElse("something else"),
                "choose another folder with --site, or move the data directory back to its owner"));
      }
      if (!major.get().equals(cluster.programs().major())) {
        return new Refused(
            problem(
                "NC-DATA-OTHER-MAJOR",
                "%s was made by PostgreSQL %s; this is %s"
                    .formatted(data, major.get(), cluster.programs().major()),
                "use the nanoctl that made it, or restore a backup"));
      }
      return owned(cluster);
    } catch (IOException e) {
      return new Refused(
          problem(
              "NC-DATA-UNREADABLE",
              "%s cannot be read: %s".formatted(data, e.getMessage()),
              "run the command as the account that installed, and check the disk"));
    }
  }

  private static DataDirectory owned(Cluster cluster) throws IOException {
    OsAccount owner = OsAccount.owning(cluster.data());
    return owner.uid() == cluster.account().uid()
        ? new Ours()
        : new Refused(
            problem(
                "NC-DATA-OWNER",
                "%s belongs to the account %s, not to %s"
                    .formatted(cluster.data(), owner.name(), cluster.account().name()),
                "chown -R %s %s".formatted(cluster.account().name(), cluster.home())));
  }

  private static Problem problem(String code, String message, String fix) {
    return new Problem.Unavailable(code, message, fix);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
