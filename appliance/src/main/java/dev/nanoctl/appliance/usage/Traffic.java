package dev.nanoctl.appliance.usage;

import dev.nanoctl.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a server has answered since it started, by how long they took. What asks whether the
 * server is well does not count.
 *
 * @param buckets how many took at most that many seconds, by seconds; the last is infinite
 * @param errors how many ended with a status of 500 or more
 */
public record Traffic(Map<Double, Long> buckets, long errors) {
  private static final Pattern DURATION =
      Pattern.compile("http_request_duration_seconds_bucket\\{(.*)} (\\S+)");
  private static final Pattern REQUESTS = Pattern.compile("http_requests_total\\{(.*)} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Set<String> PROBES = Set.of("/health", "/ready", "/metrics");

  /** Keeps its own sorted copy. */
  public Traffic {
    buckets = java.util.Collections.unmodifiableMap(new TreeMap<>(buckets));
  }

  /** Reads what {@code /metrics} answers; other lines are passed over. */
  public static Traffic parse(String metrics) {
    var buckets = new TreeMap<Double, Long>();
    long errors = 0;
    for (String line : metrics.lines().filter(line -> line.startsWith("http_request")).toList()) {
      Matcher duration = DURATION.matcher(line);
      Matcher requests = REQUESTS.matcher(line);
      if (duration.matches()) {
        Map<String, String> labels = labels(duration.group(1));
        if (!PROBES.contains(labels.getOrDefault("route", ""))) {
          buckets.merge(
              bound(labels.getOrDefault("le", "+Inf")), count(duration.group(2)), Long::sum);
        }
      } else if (requests.matches()
          && labels(requests.group(1)).getOrDefault("status", "").startsWith("5")) {
        errors += count(requests.group(2));
      }
    }
    return new Traffic(buckets, errors);
  }

  private static Map<String, String> labels(String text) {
    var labels = new TreeMap<String, String>();
    LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    return labels;
  }

  private static double bound(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static long count(String text) {
    return Math.round(Double.parseDouble(text));
  }

  /** How many there were. */
  public long requests() {
    return buckets.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** What came after that; all of it when the server was started anew in between. */
  public Traffic since(Traffic before) {
    if (before.requests() > requests() || before.errors > errors) {
      return this;
    }
    var later = new TreeMap<Double, Long>();
    buckets.forEach(
        (bound, count) -> later.put(bound, count - before.buckets.getOrDefault(bound, 0L)));
    return new Traffic(later, errors - before.errors);
  }

  /**
   * The time within which that share of the requests was answered, in seconds, as exact as the
   * buckets are; the largest bound if it lies beyond; empty without requests.
   *
   * @param share from 0 to 1
   */
  public OptionalDouble quantile(double share) {
    double wanted = share * requests();
    if (requests() == 0) {
      return OptionalDouble.empty();
    }
    double lower = 0;
    long below = 0;
    for (var bucket : buckets.entrySet()) {
      if (bucket.getValue() >= wanted) {
        boolean beyond = bucket.getKey().isInfinite() || bucket.getValue() == below;
        double part = beyond ? 0 : (wanted - below) / (bucket.getValue() - below);
        return OptionalDouble.of(beyond ? lower : lower + part * (bucket.getKey() - lower));
      }
      lower = bucket.getKey();
      below = bucket.getValue();
    }
    return OptionalDouble.of(lower);
  }

  JsonObject json() {
    var counts = JsonObject.builder();
    buckets.forEach(
        (bound, count) -> counts.put(bound.isInfinite() ? "+Inf" : bound.toString(), count));
    return JsonObject.builder().put("buckets", counts.build()).put("errors", errors).build();
  }

  static Traffic of(JsonObject json) {
    var buckets = new TreeMap<Double, Long>();
    JsonObject counts = json.object("buckets").orElse(JsonObject.EMPTY);
    counts.names().forEach(name -> buckets.put(bound(name), counts.integer(name).orElse(0)));
    return new Traffic(buckets, json.integer("errors").orElse(0));
  }
}
