package dev.nanoctl.appliance.engine.docker.project;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A rendered project in a folder of its own, run by the real Compose; removed when closed. */
final class StackSite implements AutoCloseable {
  /** The account that owns the secrets' files where the tests themselves may give files away. */
  static final int OWNER = 12345;

  private static final List<String> SECRETS =
      List.of(
          "audit-key",
          "database-password",
          "link-key",
          "metrics-password",
          "postgres-password",
          "redis-cache-password",
          "redis-state-password",
          "s3-access-key",
          "s3-secret-key",
          "search-master-key",
          "token-key",
          "grafana-password");

  private final Path root;
  private final ProjectSpec spec;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  StackSite(Path root, ProjectSpec spec) throws Exception {
    this.root = root;
    this.spec = spec;
    write();
  }

  /** Ends the test, skipped or failed, when no engine answers or an image is missing. */
  static void require(String... images) throws Exception {
    if (attempt("docker", "version").status() != 0) {
      skip("no Docker engine answers");
    }
    for (String image : images) {
      if (attempt("docker", "image", "inspect", image).status() != 0) {
        skip("the image " + image + " is not here");
      }
    }
  }

  private static void skip(String why) {
    if (Boolean.getBoolean("stack.required")) {
      throw new AssertionError("the stack is required, but " + why);
    }
    abort("skipped: " + why);
  }

  /** A specification of its own: an id nobody else has, and ports that are free now. */
  static ProjectSpec spec(SiteSpec wanted) throws IOException {
    var ports = new LinkedHashMap<String, Integer>();
    for (String service : wanted.published()) {
      ports.put(service, freePort());
    }
    ProjectSpec base = Specs.of(wanted.profile());
    return new ProjectSpec(
        UUID.randomUUID().toString(),
        wanted.profile(),
        new ProjectSpec.Web("127.0.0.1", freePort(), freePort(), true),
        base.app(),
        base.images(),
        new ProjectSpec.Host(
            ports, owner(), owner(), base.host().postgres(), base.host().alerts()));
  }

  /** What a test wants to run: a profile, and which services it reaches itself. */
  record SiteSpec(dev.nanoctl.core.site.SiteConfig.Profile profile, List<String> published) {}

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int owner() {
    return isRoot() ? OWNER : 1000;
  }

  private void write() throws Exception {
    for (String name : SECRETS) {
      String value = UUID.randomUUID().toString().replace("-", "");
      secrets.put(name, value);
      secret(root.resolve("secrets").resolve(name), value + "\n");
    }
    Files.createDirectories(root.resolve("state/acme-challenge"));
    Files.createDirectories(root.resolve("state/metrics"));
    Files.writeString(root.resolve("nanoctl.yml"), "site:\n  name: lernhof\n");
    Files.writeString(root.resolve("state/instance.json"), "{}");
    for (var file : Project.render(spec).entrySet()) {
      Path path = docker().resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    certificate();
  }

  private void certificate() throws Exception {
    Path folder = Files.createDirectories(root.resolve("secrets/tls/1"));
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout",
        folder.resolve("key.pem").toString(),
        "-out",
        folder.resolve("chain.pem").toString());
    secret(folder.resolve("key.pem"), Files.readString(folder.resolve("key.pem")));
    secret(folder.resolve("entry.conf"), "set $strict_transport \"max-age=31536000\";\n");
    Files.createSymbolicLink(root.resolve("secrets/tls/current"), Path.of("1"));
  }

  private static void secret(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    if (isRoot()) {
      Files.setAttribute(file, "unix:uid", OWNER);
    }
  }

  ProjectSpec spec() {
    return spec;
  }

  Path root() {
    return root;
  }

  Path docker() {
    return root.resolve("docker");
  }

  /** The value of a secret. */
  String value(String secret) {
    return Objects.requireNonNull(secrets.get(secret));
  }

  /** All values, none of which may ever be seen. */
  List<String> values() {
    return List.copyOf(secrets.values());
  }

  /** Runs Compose on the project and answers what it says. */
  String compose(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker", "compose", "-f", docker() + "/compose.yml"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** The name of a service's first container. */
  String container(String service) {
    return spec.project() + "-" + service + "-1";
  }

  /** Runs a program and answers what it says; fails when it fails. */
  static String run(String... command) throws IOException, InterruptedException {
    Said said = attempt(command);
    if (said.status() != 0) {
      throw new AssertionError(String.join(" ", command) + " ended with " + said);
    }
    return said.output();
  }

  /** What a program said, and its exit status. */
  record Said(int status, String output) {}

  /** Runs a program for at most two minutes; -1 where there is no such program. */
  static Said attempt(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("said", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Said(-1, String.join(" ", command) + " takes too long");
      }
      return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Said(-1, String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  @Override
  public void close() throws IOException {
    var label = "label=dev.nanoctl.instance=" + spec.instance();
    try {
      List<String> left = run("docker", "ps", "-aq", "--filter", label).lines().toList();
      if (!left.isEmpty()) {
        run(Stream.concat(Stream.of("docker", "rm", "-fv"), left.stream()).toArray(String[]::new));
      }
      compose("down", "--volumes", "--remove-orphans", "--timeout", "1");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it was removed", e);
    }
  }
}
