package dev.nanoctl.core.site;

import static dev.nanoctl.core.site.ByteSize.megabytes;
import static dev.nanoctl.core.site.ConfigType.between;
import static dev.nanoctl.core.site.ConfigType.matching;
import static dev.nanoctl.core.site.ConfigType.oneOf;
import static dev.nanoctl.core.site.ConfigType.size;

import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.LogLevel;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key of {@code nanoctl.yml}, with what it means and what holds without it. */
public final class SiteKeys {
  /** Before the name of any setting of the database that is passed on. */
  public static final String POSTGRES_SETTINGS = "postgres.settings.";

  static final ConfigKey<String> NAME =
      new ConfigKey<>(
          "site.name",
          matching(
              "[a-z][a-z0-9-]{0,30}",
              "1 to 31 lower-case letters, digits and hyphens, a letter first"),
          "nanoctl",
          "What the instance is called in status, logs and the names of what it owns.");

  static final ConfigKey<Engine> ENGINE =
      new ConfigKey<>(
          "site.engine",
          oneOf(Engine.values()),
          "embedded",
          "Where the parts run: as processes of this machine, or as containers of its Docker.");

  static final ConfigKey<Optional<String>> CONTACT =
      new ConfigKey<>(
          "site.contact",
          ConfigType.email().orNothing(),
          "",
          "The e-mail address of whoever runs the instance.");

  static final ConfigKey<String> BIND =
      new ConfigKey<>(
          "server.bind",
          ConfigType.address(),
          "127.0.0.1",
          "The address to listen on; 127.0.0.1 is reachable from this machine only.");

  static final ConfigKey<Integer> PORT =
      new ConfigKey<>(
          "server.port",
          ConfigType.port(),
          "8080",
          "The port to listen on; with docker, docker.http_port and https_port decide.");

  static final ConfigKey<Optional<String>> DOMAIN =
      new ConfigKey<>(
          "server.domain", ConfigType.domain().orNothing(), "", "The host name people use.");

  static final ConfigKey<Optional<URI>> URL =
      new ConfigKey<>(
          "server.url",
          ConfigType.origin().orNothing(),
          "",
          "The address people open, if it differs from scheme, domain and port (a proxy).");

  static final ConfigKey<Optional<ByteSize>> SERVER_MEMORY =
      new ConfigKey<>(
          "server.memory",
          size(megabytes(96), megabytes(64 << 10)).orAuto(),
          "auto",
          "The most memory the server's heap may take.");

  static final ConfigKey<TlsMode> TLS_MODE =
      new ConfigKey<>(
          "server.tls.mode",
          oneOf(TlsMode.values()),
          "off",
          "Encryption: off (loopback, or behind a proxy), self-signed, your own files, or acme.");

  static final ConfigKey<Optional<Path>> TLS_CERTIFICATE =
      new ConfigKey<>(
          "server.tls.certificate",
          ConfigType.path().orNothing(),
          "",
          "The certificate with its chain, PEM, for mode files.");

  static final ConfigKey<Optional<Path>> TLS_KEY =
      new ConfigKey<>(
          "server.tls.key",
          ConfigType.path().orNothing(),
          "",
          "The private key, PEM (PKCS #8), for mode files.");

  static final ConfigKey<URI> ACME_DIRECTORY =
      new ConfigKey<>(
          "server.tls.acme.directory",
          ConfigType.address("https"),
          "https://acme-v02.api.letsencrypt.org/directory",
          "Where the authority of mode acme lists its services.");

  static final ConfigKey<Optional<Path>> ACME_ROOT =
      new ConfigKey<>(
          "server.tls.acme.root",
          ConfigType.path().orNothing(),
          "",
          "The certificate that authority itself is trusted by, PEM, if it is a private one.");

  static final ConfigKey<Optional<Integer>> HTTP_PORT =
      new ConfigKey<>(
          "server.http_port",
          ConfigType.port().orAuto(),
          "auto",
          "Without encryption, sends on to HTTPS; auto: 80 with acme or port 443, else none.");

  static final ConfigKey<Optional<Integer>> POSTGRES_PORT =
      new ConfigKey<>(
          "postgres.port",
          ConfigType.port().orAuto(),
          "auto",
          "The database's port on 127.0.0.1; auto chooses a free one once.");

  static final ConfigKey<Optional<ByteSize>> POSTGRES_MEMORY =
      new ConfigKey<>(
          "postgres.memory",
          size(megabytes(32), megabytes(64 << 10)).orAuto(),
          "auto",
          "What the database may use as its shared cache.");

  static final ConfigKey<Integer> POSTGRES_CONNECTIONS =
      new ConfigKey<>(
          "postgres.connections",
          between(10, 1000),
          "40",
          "How many connections the database accepts.");

  static final ConfigKey<ObjectsKind> OBJECTS_STORE =
      new ConfigKey<>(
          "objects.store",
          oneOf(ObjectsKind.values()),
          "directory",
          "Where packages are kept: in a folder here (docker: in its own S3 store), or in a"
              + " bucket.");

  static final ConfigKey<Path> OBJECTS_DIRECTORY =
      new ConfigKey<>(
          "objects.directory",
          ConfigType.path(),
          "objects",
          "The folder packages are kept in; with s3 it holds unfinished work only.");

  static final ConfigKey<Optional<URI>> S3_ENDPOINT =
      new ConfigKey<>(
          "objects.s3.endpoint",
          ConfigType.origin().orNothing(),
          "",
          "The S3 endpoint; its keys lie in secrets/s3-access-key and secrets/s3-secret-key.");

  static final ConfigKey<String> S3_REGION =
      new ConfigKey<>(
          "objects.s3.region",
          matching("[a-z0-9][a-z0-9-]{0,62}", "a region's name, such as us-east-1 or eu-central"),
          "us-east-1",
          "What the endpoint calls its region; the default where it does not care.");

  static final ConfigKey<Optional<String>> S3_BUCKET =
      new ConfigKey<>(
          "objects.s3.bucket",
          matching(
                  "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
                  "the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens")
              .orNothing(),
          "",
          "An existing bucket.");

  static final ConfigKey<Boolean> S3_PATH_STYLE =
      new ConfigKey<>(
          "objects.s3.path_style",
          ConfigType.truth(),
          "true",
          "Whether the bucket is named in the path; false: in the host name.");

  static final ConfigKey<String> S3_PREFIX =
      new ConfigKey<>(
          "objects.s3.prefix",
          matching(
              "|[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*",
              "words of letters, digits, _ . and - with slashes between them"),
          "",
          "What the names of all objects begin with, for a bucket that is shared.");

  static final ConfigKey<Optional<String>> OBJECTS_CLAMD =
      new ConfigKey<>(
          "objects.clamd",
          ConfigType.socket().orNothing(),
          "",
          "Where ClamAV's daemon listens that looks for malware in packages.");

  static final ConfigKey<Integer> READS_PER_MINUTE =
      new ConfigKey<>(
          "limits.reads_per_minute",
          between(10, 1_000_000_000),
          "600",
          "Reading requests that no cache answers, per visitor.");

  static final ConfigKey<Integer> WRITES_PER_MINUTE =
      new ConfigKey<>(
          "limits.writes_per_minute",
          between(10, 1_000_000_000),
          "100",
          "Requests that change something, per visitor.");

  static final ConfigKey<Integer> LIMITS_FACTOR =
      new ConfigKey<>(
          "limits.factor",
          between(1, 1_000_000),
          "1",
          "Multiplies the limits of logins, uploads and the like; for schools behind one address.");

  static final ConfigKey<LogLevel> LOG_LEVEL =
      new ConfigKey<>("log.level", oneOf(LogLevel.values()), "info", "How much is logged.");

  static final ConfigKey<Integer> LOG_FILES =
      new ConfigKey<>("log.files", between(1, 100), "7", "How many finished log files are kept.");

  static final ConfigKey<ByteSize> LOG_FILE_SIZE =
      new ConfigKey<>(
          "log.file_size",
          size(megabytes(1), megabytes(1024)),
          "16 MB",
          "When a new log file is begun.");

  private static final List<ConfigKey<?>> ALL =
      Stream.concat(own().stream(), BackupKeys.all()).toList();

  private SiteKeys() {}

  private static List<ConfigKey<?>> own() {
    return List.of(
        NAME,
        ENGINE,
        CONTACT,
        BIND,
        PORT,
        HTTP_PORT,
        DOMAIN,
        URL,
        SERVER_MEMORY,
        TLS_MODE,
        TLS_CERTIFICATE,
        TLS_KEY,
        ACME_DIRECTORY,
        ACME_ROOT,
        POSTGRES_PORT,
        POSTGRES_MEMORY,
        POSTGRES_CONNECTIONS,
        PostgresKeys.HOST,
        PostgresKeys.PORT,
        PostgresKeys.DATABASE,
        PostgresKeys.USER,
        PostgresKeys.TLS,
        PostgresKeys.CA,
        PostgresKeys.REPLICATION,
        OBJECTS_STORE,
        OBJECTS_DIRECTORY,
        OBJECTS_CLAMD,
        S3_ENDPOINT,
        S3_REGION,
        S3_BUCKET,
        S3_PATH_STYLE,
        S3_PREFIX,
        READS_PER_MINUTE,
        WRITES_PER_MINUTE,
        LIMITS_FACTOR,
        LOG_LEVEL,
        LOG_FILES,
        LOG_FILE_SIZE,
        DockerKeys.PROFILE,
        DockerKeys.APPS,
        DockerKeys.HTTP_PORT,
        DockerKeys.HTTPS_PORT,
        DockerKeys.AUTOSCALE,
        DockerKeys.AUTOSCALE_MIN,
        DockerKeys.AUTOSCALE_MAX,
        DockerKeys.AUTOSCALE_CPU,
        DockerKeys.ALERTS_WEBHOOK,
        DockerKeys.ALERTS_EMAIL,
        DockerKeys.ALERTS_FROM,
        DockerKeys.ALERTS_SMTP);
  }

  /** All keys, in the order of the file. */
  public static List<ConfigKey<?>> all() {
    return ALL;
  }

  /** The key of that name. */
  public static Optional<ConfigKey<?>> named(String name) {
    return ALL.stream()
        .<ConfigKey<?>>map(key -> key)
        .filter(key -> key.name().equals(name))
        .findFirst();
  }
}
