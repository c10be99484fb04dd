package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The values that the templates of a project ask for. */
final class Values {
  private static final List<String> APP_SECRETS =
      List.of(
          "audit-key",
          "database-password",
          "link-key",
          "redis-cache-password",
          "redis-state-password",
          "s3-access-key",
          "s3-secret-key",
          "search-master-key",
          "token-key");

  /** The largest upload in one request, and a little for what stands around it. */
  private static final int UPLOAD_MEGABYTES = 110;

  private final ProjectSpec spec;
  private final List<String> services;

  Values(ProjectSpec spec) {
    this.spec = spec;
    this.services = spec.images().in(spec.profile());
  }

  /** For one of the files that services read. */
  Map<String, Object> forFile(String path) {
    Map<String, Object> values = common();
    switch (path) {
      case "postgres/postgresql.conf" ->
          values.putAll(DatabaseValues.of(spec.memory("postgres"), spec.host().postgres()));
      // half of the container's memory: what Redis takes beside its data would have it killed else
      case "redis/cache.conf" -> values.put("megabytes", megabytes("redis-cache") / 2);
      case "redis/state.conf" -> values.put("megabytes", megabytes("redis-state") / 2);
      case "alertmanager/alertmanager.yml" -> values.putAll(alerts(spec.host().alerts()));
      case "start/search.sh" -> values.put("indexingMegabytes", megabytes("search") / 3);
      case "start/objects.sh" -> values.put("objectsMegabytes", megabytes("objects") * 4 / 5);
      default -> {}
    }
    return values;
  }

  private static Map<String, Object> alerts(SiteConfig.Alerts alerts) {
    return Map.of(
        "told",
        alerts.webhook().isPresent() || alerts.mail().isPresent(),
        "webhook",
        alerts.webhook().stream().toList(),
        "mail",
        alerts.mail().stream()
            .map(mail -> Map.of("to", mail.to(), "from", mail.from(), "smtp", mail.smtp()))
            .toList());
  }

  /** For the Compose file; {@code texts} are the files that its services mount. */
  Map<String, Object> forCompose(Map<String, String> texts) {
    Map<String, Object> values = common();
    var read = new HashMap<>(texts);
    read.put(Mounts.SITE_CONFIG, spec.app().config());
    for (String service : spec.images().services().keySet()) {
      values.put(service, List.of());
    }
    for (String service : services) {
      values.put(service, service(service, read));
    }
    values.put("app", with(service("app", read), Map.of("image", spec.app().image())));
    values.put(
        "redis",
        List.of(
            with(service("redis-cache", read), Map.of("what", "cache", "persistent", false)),
            with(service("redis-state", read), Map.of("what", "state", "persistent", true))));
    values.put("appSecrets", named(APP_SECRETS));
    var secrets = new ArrayList<>(APP_SECRETS);
    secrets.add("postgres-password");
    values.put("secrets", named(secrets.stream().sorted().toList()));
    values.put("networks", named(networks()));
    values.put("volumes", named(volumes()));
    values.put("socket", services.contains("postgres-exporter"));
    values.put("logPort", services.contains("otel-collector") ? port("otel-collector") : List.of());
    return values;
  }

  private List<String> networks() {
    return services.contains("prometheus")
        ? List.of("data", "front", "watch")
        : List.of("data", "front");
  }

  private List<String> volumes() {
    var names = new ArrayList<>(List.of("answers", "objects", "postgres", "redis-state", "search"));
    if (services.contains("postgres-exporter")) {
      names.add("postgres-socket");
    }
    Stream.of("alertmanager", "grafana", "loki", "prometheus")
        .filter(services::contains)
        .forEach(names::add);
    return names.stream().sorted().toList();
  }

  private Map<String, Object> common() {
    ProjectSpec.Web web = spec.web();
    var values = new HashMap<String, Object>();
    values.put("instance", spec.instance());
    values.put("project", spec.project());
    values.put("bind", web.bind().contains(":") ? "[" + web.bind() + "]" : web.bind());
    values.put("httpPort", web.httpPort());
    values.put("httpsPort", web.httpsPort());
    values.put("httpsSuffix", web.httpsPort() == 443 ? "" : ":" + web.httpsPort());
    values.put("tls", web.tls());
    values.put("forwardedProto", web.tls() ? "$scheme" : "$proxy_scheme");
    values.put("full", spec.profile() == Profile.FULL);
    values.put("apps", spec.app().count());
    values.put("uploadMegabytes", UPLOAD_MEGABYTES);
    values.put("foreignOwner", spec.host().owner() != 0);
    return values;
  }

  private Map<String, Object> service(String name, Map<String, String> read) {
    var values = new HashMap<String, Object>();
    values.put("image", spec.images().of(name).reference());
    values.put("memory", megabytes(name) + "m");
    values.put(
        "port", Optional.ofNullable(spec.host().ports().get(name)).map(List::of).orElse(List.of()));
    values.put("files", Mounts.hash(name, read));
    return values;
  }

  private List<Integer> port(String service) {
    return Optional.ofNullable(spec.host().ports().get(service)).map(List::of).orElse(List.of());
  }

  private long megabytes(String service) {
    return spec.memory(service).bytes() / ByteSize.megabytes(1).bytes();
  }

  private static Map<String, Object> with(Map<String, Object> base, Map<String, ?> more) {
    var all = new HashMap<>(base);
    all.putAll(more);
    return all;
  }

  private static List<Map<String, String>> named(List<String> names) {
    return names.stream().map(name -> Map.of("name", name)).toList();
  }
}
