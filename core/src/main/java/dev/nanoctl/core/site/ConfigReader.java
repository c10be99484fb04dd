package dev.nanoctl.core.site;

import dev.nanoctl.core.Closest;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the entries of a file into a {@link SiteConfig}, or into every error at once. */
final class ConfigReader {
  private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?");
  private static final Pattern SETTING_VALUE = Pattern.compile("[^\\p{Cntrl}]{0,200}");
  private static final Pattern SECRET =
      Pattern.compile(".*(password|passwort|passphrase|secret|token|access_key|credential).*");

  /** What nanoctl itself decides about the database, so that it stays reachable and only here. */
  private static final Set<String> OWNED_SETTINGS =
      Set.of(
          "data_directory",
          "config_file",
          "hba_file",
          "ident_file",
          "external_pid_file",
          "listen_addresses",
          "port",
          "max_connections",
          "shared_buffers",
          "unix_socket_directories",
          "unix_socket_permissions",
          "password_encryption",
          "logging_collector",
          "log_destination");

  private final YamlEntries entries;
  private final List<ConfigError> errors = new ArrayList<>();
  private final Map<ConfigKey<?>, Object> read = new HashMap<>();

  ConfigReader(YamlEntries entries) {
    this.entries = entries;
    this.errors.addAll(entries.errors());
  }

  ConfigCheck check() {
    entries.sections().keySet().forEach(this::checkSection);
    entries.values().forEach(this::checkKnown);
    SiteKeys.all().forEach(this::readKey);
    Map<String, String> settings = readSettings();
    if (errors.isEmpty()) {
      checkTogether();
    }
    if (errors.isEmpty()) {
      return new ConfigCheck.Valid(assemble(settings));
    }
    errors.sort(Comparator.comparingInt(ConfigError::line));
    return new ConfigCheck.Invalid(errors);
  }

  private void checkSection(String section) {
    if (SiteKeys.named(section).isPresent()) {
      fail(section, sectionLine(section), "takes one value, not a section");
    }
  }

  private int sectionLine(String section) {
    return entries.values().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(section + "."))
        .mapToInt(entry -> entry.getValue().line())
        .findFirst()
        .orElse(0);
  }

  private void checkKnown(String key, YamlEntries.Value value) {
    boolean inValue = SiteKeys.all().stream().anyMatch(known -> key.startsWith(known.name() + "."));
    if (inValue || SiteKeys.named(key).isPresent() || key.startsWith(SiteKeys.POSTGRES_SETTINGS)) {
      return;
    }
    boolean section = isSection(key);
    if (section && value.text().isEmpty()) {
      return;
    }
    fail(key, value.line(), section ? sectionHint(key) : unknown(key));
  }

  private static boolean isSection(String key) {
    return SiteKeys.POSTGRES_SETTINGS.startsWith(key + ".")
        || SiteKeys.all().stream().anyMatch(known -> known.name().startsWith(key + "."));
  }

  private static String sectionHint(String key) {
    String example =
        SiteKeys.all().stream()
            .map(ConfigKey::name)
            .filter(name -> name.startsWith(key + "."))
            .findFirst()
            .orElse(key + ".work_mem");
    return "is a section, not a value; it holds keys such as " + example;
  }

  private static String unknown(String key) {
    if (SECRET.matcher(key).matches()) {
      return "is not a key; secrets do not belong in this file but in the site's folder secrets";
    }
    List<String> names = SiteKeys.all().stream().map(ConfigKey::name).toList();
    String last = key.substring(key.lastIndexOf('.') + 1);
    Optional<String> misplaced =
        names.stream().filter(name -> name.endsWith("." + last)).findFirst();
    return misplaced
        .or(() -> Closest.to(key, names))
        .map(name -> "is not a key; did you mean " + name + "?")
        .orElse("is not a key; see nanoctl config show");
  }

  private <T> void readKey(ConfigKey<T> key) {
    YamlEntries.Value value = entries.values().get(key.name());
    if (value == null) {
      read.put(key, key.defaultValue());
      return;
    }
    Optional<T> parsed = key.type().parse(value.text());
    if (parsed.isPresent()) {
      read.put(key, parsed.get());
    } else {
      String found = value.text().isEmpty() ? "has no value" : "cannot be " + quoted(value.text());
      fail(key.name(), value.line(), found + "; allowed: " + key.type().allowed());
    }
  }

  private static String quoted(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  private Map<String, String> readSettings() {
    var settings = new TreeMap<String, String>();
    entries
        .values()
        .forEach((key, value) -> {
          if (key.startsWith(SiteKeys.POSTGRES_SETTINGS)) {
            String name = key.substring(SiteKeys.POSTGRES_SETTINGS.length());
            settingError(name, value.text()).ifPresent(message -> fail(key, value.line(), message));
            settings.put(name, value.text());
          }
        });
    return settings;
  }

  private static Optional<String> settingError(String name, String value) {
    if (OWNED_SETTINGS.contains(name)) {
      return Optional.of("is decided by nanoctl" + insteadOf(name));
    }
    if (!SETTING.matcher(name).matches()) {
      return Optional.of("is not the name of a PostgreSQL setting, such as work_mem");
    }
    return SETTING_VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("has a value with control characters or more than 200 characters");
  }

  private static String insteadOf(String name) {
    return switch (name) {
      case "port" -> "; set postgres.port";
      case "max_connections" -> "; set postgres.connections";
      case "shared_buffers" -> "; set postgres.memory";
      default -> "; remove the line";
    };
  }

  private void checkTogether() {
    TlsMode mode = get(SiteKeys.TLS_MODE);
    if (mode == TlsMode.FILES) {
      require(SiteKeys.TLS_CERTIFICATE, "is needed with server.tls.mode files");
      require(SiteKeys.TLS_KEY, "is needed with server.tls.mode files");
    }
    checkDatabase();
    checkObjects();
    BackupKeys.missing(this::get).forEach(key -> require(key, "is needed for a bucket"));
    checkDocker();
    checkAlerts();
    SiteConfig.Server server = server();
    boolean behindProxy =
        server.origin().map(origin -> "https".equals(origin.getScheme())).orElse(false);
    if (mode == TlsMode.OFF && !server.onLoopback() && !behindProxy) {
      fail(
          SiteKeys.TLS_MODE.name(),
          line(SiteKeys.BIND),
          "cannot be off while server.bind is "
              + server.bind()
              + ": passwords would travel in the clear; allowed: self-signed, files, or an https"
              + " server.url for a proxy in front");
    }
  }

  private void checkDatabase() {
    Optional<String> host = get(PostgresKeys.HOST);
    if (host.isEmpty()) {
      return;
    }
    require(PostgresKeys.DATABASE, "is needed with postgres.external.host");
    require(PostgresKeys.USER, "is needed with postgres.external.host");
    if (get(SiteKeys.ENGINE) == SiteConfig.Engine.DOCKER) {
      failAt(
          PostgresKeys.HOST,
          "cannot be set with site.engine docker: containers do not reach a database outside of"
              + " their own network yet; allowed: site.engine embedded");
    }
    if (get(PostgresKeys.TLS) == SiteConfig.DatabaseTls.OFF
        && !PostgresKeys.isPrivate(host.get())) {
      failAt(
          PostgresKeys.TLS,
          "cannot be off while postgres.external.host is "
              + host.get()
              + ": the password and all data would travel in the clear; allowed: verify-full, or"
              + " off with a loopback or private IP address as the host");
    }
    entries
        .values()
        .forEach((key, value) -> {
          if (isOfOwnDatabase(key)) {
            fail(
                key,
                value.line(),
                "is about the database that nanoctl runs itself, and postgres.external.host names"
                    + " another; remove the line");
          }
        });
  }

  private static boolean isOfOwnDatabase(String key) {
    return key.startsWith(SiteKeys.POSTGRES_SETTINGS)
        || Stream.of(
                SiteKeys.POSTGRES_PORT, SiteKeys.POSTGRES_MEMORY, SiteKeys.POSTGRES_CONNECTIONS)
            .anyMatch(own -> own.name().equals(key));
  }

  private void failAt(ConfigKey<?> key, String message) {
    fail(key.name(), line(key), message);
  }

  private void checkObjects() {
    if (get(SiteKeys.OBJECTS_STORE) == ObjectsKind.S3) {
      require(SiteKeys.S3_ENDPOINT, "is needed with objects.store s3");
      require(SiteKeys.S3_BUCKET, "is needed with objects.store s3");
    }
  }

  private void checkDocker() {
    boolean docker = get(SiteKeys.ENGINE) == SiteConfig.Engine.DOCKER;
    if (get(SiteKeys.TLS_MODE) == TlsMode.ACME) {
      require(SiteKeys.DOMAIN, "is needed with server.tls.mode acme");
    }
    if (docker && get(DockerKeys.HTTP_PORT).equals(get(DockerKeys.HTTPS_PORT))) {
      fail(
          DockerKeys.HTTPS_PORT.name(),
          line(DockerKeys.HTTPS_PORT),
          "cannot be the port of docker.http_port, too; allowed: another port");
    }
    if (get(DockerKeys.AUTOSCALE_MIN) > get(DockerKeys.AUTOSCALE_MAX)) {
      fail(
          DockerKeys.AUTOSCALE_MIN.name(),
          line(DockerKeys.AUTOSCALE_MIN),
          "cannot be more than docker.autoscale.max; allowed: 1 to "
              + get(DockerKeys.AUTOSCALE_MAX));
    }
  }

  private void checkAlerts() {
    if (get(DockerKeys.ALERTS_EMAIL).isPresent()) {
      require(DockerKeys.ALERTS_FROM, "is needed with docker.alerts.email");
      require(DockerKeys.ALERTS_SMTP, "is needed with docker.alerts.email");
    }
  }

  private void require(ConfigKey<? extends Optional<?>> key, String why) {
    if (get(key).isEmpty()) {
      fail(key.name(), line(key), why + "; allowed: " + key.type().allowed());
    }
  }

  private int line(ConfigKey<?> key) {
    YamlEntries.Value value = entries.values().get(key.name());
    return value == null ? 0 : value.line();
  }

  private void fail(String key, int line, String message) {
    errors.add(new ConfigError(key, line, message));
  }

  private SiteConfig assemble(Map<String, String> settings) {
    return new SiteConfig(
        new SiteConfig.Identity(get(SiteKeys.NAME), get(SiteKeys.ENGINE), get(SiteKeys.CONTACT)),
        server(),
        new SiteConfig.Postgres(
            get(SiteKeys.POSTGRES_PORT),
            get(SiteKeys.POSTGRES_MEMORY),
            get(SiteKeys.POSTGRES_CONNECTIONS),
            settings,
            PostgresKeys.read(this::get)),
        objects(),
        new SiteConfig.Limits(
            get(SiteKeys.READS_PER_MINUTE),
            get(SiteKeys.WRITES_PER_MINUTE),
            get(SiteKeys.LIMITS_FACTOR)),
        new SiteConfig.Log(
            get(SiteKeys.LOG_LEVEL), get(SiteKeys.LOG_FILES), get(SiteKeys.LOG_FILE_SIZE)),
        docker(),
        BackupKeys.read(this::get));
  }

  private SiteConfig.Docker docker() {
    return new SiteConfig.Docker(
        get(DockerKeys.PROFILE),
        get(DockerKeys.APPS),
        new SiteConfig.Autoscale(
            get(DockerKeys.AUTOSCALE),
            get(DockerKeys.AUTOSCALE_MIN),
            get(DockerKeys.AUTOSCALE_MAX),
            get(DockerKeys.AUTOSCALE_CPU)),
        get(DockerKeys.HTTP_PORT),
        get(DockerKeys.HTTPS_PORT),
        new SiteConfig.Alerts(get(DockerKeys.ALERTS_WEBHOOK), mail()));
  }

  private Optional<SiteConfig.Mail> mail() {
    return get(DockerKeys.ALERTS_EMAIL)
        .map(to ->
            new SiteConfig.Mail(
                to,
                get(DockerKeys.ALERTS_FROM).orElseThrow(),
                get(DockerKeys.ALERTS_SMTP).orElseThrow()));
  }

  private SiteConfig.Objects objects() {
    ObjectsKind store = get(SiteKeys.OBJECTS_STORE);
    Optional<SiteConfig.Bucket> bucket =
        get(SiteKeys.S3_ENDPOINT)
            .flatMap(endpoint -> get(SiteKeys.S3_BUCKET).map(name -> bucket(endpoint, name)));
    return new SiteConfig.Objects(
        store, get(SiteKeys.OBJECTS_DIRECTORY), bucket, get(SiteKeys.OBJECTS_CLAMD));
  }

  private SiteConfig.Bucket bucket(URI endpoint, String name) {
    return new SiteConfig.Bucket(
        endpoint,
        get(SiteKeys.S3_REGION),
        name,
        get(SiteKeys.S3_PATH_STYLE),
        get(SiteKeys.S3_PREFIX));
  }

  private SiteConfig.Server server() {
    return new SiteConfig.Server(
        get(SiteKeys.BIND),
        get(SiteKeys.PORT),
        get(SiteKeys.DOMAIN),
        get(SiteKeys.URL),
        get(SiteKeys.SERVER_MEMORY),
        new SiteConfig.Tls(
            get(SiteKeys.TLS_MODE),
            get(SiteKeys.TLS_CERTIFICATE),
            get(SiteKeys.TLS_KEY),
            new SiteConfig.Acme(get(SiteKeys.ACME_DIRECTORY), get(SiteKeys.ACME_ROOT)),
            get(SiteKeys.HTTP_PORT)));
  }

  // what was put under a key was parsed by that key's own type
  @SuppressWarnings("unchecked")
  private <T> T get(ConfigKey<T> key) {
    Object value = read.get(key);
    if (value == null) {
      throw new IllegalStateException(key.name() + " was not read");
    }
    return (T) value;
  }
}
