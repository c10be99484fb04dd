package dev.nanoctl.core.site;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Everything an operator may decide about an instance, checked. Secrets are never part of it. */
public record SiteConfig(
    Identity site,
    Server server,
    Postgres postgres,
    Objects objects,
    Limits limits,
    Log log,
    Docker docker,
    BackupConfig backup) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Where the parts of an instance run. */
  public enum Engine {
    /** As processes of this machine, without containers. */
    EMBEDDED,
    /** As containers of this machine's Docker engine. */
    DOCKER
  }

  /** How the server protects its connections. */
  public enum TlsMode {
    /** Not at all: for the loopback address, or behind a proxy that does. */
    OFF,
    /** With a certificate that nanoctl makes. */
    SELF_SIGNED,
    /** With a certificate and a key that the operator provides as files. */
    FILES,
    /** With a certificate that an authority issues by ACME. */
    ACME
  }

  /** How many services the Docker engine runs beside those that an instance cannot do without. */
  public enum Profile {
    /** None: for machines with 2 GB of memory. */
    MINIMAL,
    /** Metrics and alerts: for 4 GB. */
    STANDARD,
    /** Dashboards, logs and traces, too: for 8 GB. */
    FULL
  }

  /** How much is logged. */
  public enum LogLevel {
    /** Only what failed. */
    ERROR,
    /** Also what should be looked at. */
    WARN,
    /** Also what happened. */
    INFO,
    /** Also how it happened. */
    DEBUG
  }

  /**
   * Who this instance is.
   *
   * @param name lower case, digits and hyphens; part of the names of what the instance owns
   * @param contact the e-mail address of whoever runs it, and of its first administrator
   */
  public record Identity(String name, Engine engine, Optional<String> contact) {}

  /**
   * Where and how it answers.
   *
   * @param bind the IP address it listens on
   * @param domain the host name people use, if it has one
   * @param origin what is set as {@code server.url}; {@link SiteConfig#url()} is the answer
   * @param memory the most memory its heap may take; empty: decided from the machine
   */
  public record Server(
      String bind,
      int port,
      Optional<String> domain,
      Optional<URI> origin,
      Optional<ByteSize> memory,
      Tls tls) {
    /** True if only this machine can reach it. */
    public boolean onLoopback() {
      return bind.startsWith("127.") || bind.equals("::1");
    }
  }

  /**
   * Encryption of the server's connections.
   *
   * @param certificate set with {@link TlsMode#FILES}; may be relative to the site's folder
   * @param key set with {@link TlsMode#FILES}; may be relative to the site's folder
   * @param acme who issues the certificate with {@link TlsMode#ACME}
   * @param httpPort set as {@code server.http_port}; {@link SiteConfig#plainPort()} is the answer
   */
  public record Tls(
      TlsMode mode,
      Optional<Path> certificate,
      Optional<Path> key,
      Acme acme,
      Optional<Integer> httpPort) {}

  /**
   * The authority that issues certificates by ACME.
   *
   * @param directory where its services are listed
   * @param root the certificate that its own connections are trusted by, PEM, where the usual ones
   *     do not do; may be relative to the site's folder
   */
  public record Acme(URI directory, Optional<Path> root) {}

  /**
   * The database.
   *
   * @param port on the loopback address; empty: a free one is chosen once and kept
   * @param memory what it may use for caching; empty: decided from the machine
   * @param connections how many connections it accepts
   * @param settings written to its configuration as they are, after nanoctl's own
   * @param external one that somebody else runs, to be used instead; all else has no meaning then
   */
  public record Postgres(
      Optional<Integer> port,
      Optional<ByteSize> memory,
      int connections,
      Map<String, String> settings,
      Optional<ExternalDatabase> external) {
    /** Keeps its own copy of the settings. */
    public Postgres {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * A database of a PostgreSQL server that somebody else runs; its password is a secret of the
   * site.
   *
   * @param host a name, or an IP address
   * @param ca what the server's certificate is trusted by, PEM, where the usual authorities did not
   *     sign it; may be relative to the site's folder
   * @param replication whether its files and its log are read, which the role may do then; they are
   *     those of every database of that server
   */
  public record ExternalDatabase(
      String host,
      int port,
      String database,
      String user,
      DatabaseTls tls,
      Optional<Path> ca,
      boolean replication) {
    /** The same, with the path of the authority made absolute. */
    public ExternalDatabase in(SiteFolder site) {
      return new ExternalDatabase(
          host, port, database, user, tls, ca.map(site::resolve), replication);
    }

    /** For people, without secrets: {@code host:port/database}. */
    public String shown() {
      return "%s:%d/%s".formatted(host.contains(":") ? "[" + host + "]" : host, port, database);
    }
  }

  /** How connections to an external database are protected. */
  public enum DatabaseTls {
    /** Encrypted; the server's certificate is trusted and names the host. */
    VERIFY_FULL,
    /** Not at all: for the loopback address and private networks. */
    OFF
  }

  /** What keeps packages. */
  public enum ObjectsKind {
    /** A folder of this machine. */
    DIRECTORY,
    /** A bucket of an S3 endpoint. */
    S3
  }

  /**
   * Where packages are kept, and who looks at them first.
   *
   * @param directory may be relative to the site's folder; with a bucket, for unfinished work
   * @param bucket always there with {@link ObjectsKind#S3}; else where it was configured
   * @param clamd the path of ClamAV's socket, or its host and port; empty: it is not asked
   */
  public record Objects(
      ObjectsKind store, Path directory, Optional<Bucket> bucket, Optional<String> clamd) {}

  /**
   * A bucket of an S3 endpoint; its keys are secrets of the site.
   *
   * @param endpoint scheme, host and port
   * @param pathStyle whether the bucket is named in the path, not in the host name
   * @param prefix what the names of all objects begin with; may be empty
   */
  public record Bucket(
      URI endpoint, String region, String name, boolean pathStyle, String prefix) {}

  /**
   * How often visitors may call.
   *
   * @param reads a minute
   * @param writes a minute
   * @param factor multiplies the allowances of single endpoints, such as logging in
   */
  public record Limits(int reads, int writes, int factor) {}

  /**
   * Log files.
   *
   * @param files how many finished ones are kept
   * @param fileSize when a new one is begun
   */
  public record Log(LogLevel level, int files, ByteSize fileSize) {}

  /**
   * How the Docker engine runs the instance; without a meaning for the embedded one.
   *
   * @param apps how many containers serve at least, 1 to 20
   * @param httpPort where plain HTTP is answered: by the application itself without encryption,
   *     else by sending browsers on
   * @param httpsPort where HTTPS is answered, with encryption
   */
  public record Docker(
      Profile profile, int apps, Autoscale autoscale, int httpPort, int httpsPort, Alerts alerts) {}

  /**
   * Who is told about alerts, beside whoever looks at the status.
   *
   * @param webhook where they are posted to
   */
  public record Alerts(Optional<String> webhook, Optional<Mail> mail) {}

  /**
   * E-mail through a server that asks for no password.
   *
   * @param smtp its host and port
   */
  public record Mail(String to, String from, String smtp) {}

  /**
   * Following the load with the number of application containers.
   *
   * @param least the fewest, 1 to 20
   * @param most the most, {@code least} to 20
   * @param cpu the share of their processors, in percent, that is aimed at
   */
  public record Autoscale(boolean enabled, int least, int most, int cpu) {}

  /** The address people open: {@code server.url} if it is set, else made of the other settings. */
  public URI url() {
    return server.origin().orElseGet(this::derivedUrl);
  }

  private URI derivedUrl() {
    String scheme = server.tls().mode() == TlsMode.OFF ? "http" : "https";
    int usual = scheme.equals("http") ? 80 : 443;
    String host = server.domain().orElseGet(this::reachableHost);
    int port = entryPort();
    return URI.create(scheme + "://" + host + (port == usual ? "" : ":" + port));
  }

  /** The port people's browsers reach: the server's own, or the one of the entry container. */
  public int entryPort() {
    return switch (site.engine()) {
      case EMBEDDED -> server.port();
      case DOCKER -> server.tls().mode() == TlsMode.OFF ? docker.httpPort() : docker.httpsPort();
    };
  }

  /** The port that answers without encryption and sends browsers on; empty where none does. */
  public OptionalInt plainPort() {
    if (server.tls().mode() == TlsMode.OFF) {
      return OptionalInt.empty();
    }
    if (site.engine() == Engine.DOCKER) {
      return OptionalInt.of(docker.httpPort());
    }
    boolean usual = server.tls().mode() == TlsMode.ACME || server.port() == HTTPS;
    return server
        .tls()
        .httpPort()
        .map(OptionalInt::of)
        .orElseGet(() -> usual ? OptionalInt.of(HTTP) : OptionalInt.empty());
  }

  private String reachableHost() {
    return switch (server.bind()) {
      case "0.0.0.0", "::" -> "localhost";
      case String ip when ip.contains(":") -> "[" + ip + "]";
      case String ip -> ip;
    };
  }
}
