package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Usage;
import dev.nanoctl.appliance.doctor.CertificateCheck;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Says how much of an instance is used. */
final class UsageView {
  private static final long SOON_DAYS = 14;
  private static final int MILLIS = 1000;

  private final Usage usage;
  private final Instant now;

  UsageView(Usage usage, Instant now) {
    this.usage = usage;
    this.now = now;
  }

  /** What there is to say about a service besides whether it runs; may be empty. */
  String detail(String service) {
    return switch (service) {
      case "server" -> usage.requests().map(UsageView::said).orElse("");
      case "postgres" -> usage.database().map(UsageView::said).orElse("");
      default -> "";
    };
  }

  private static String said(Usage.Requests requests) {
    String speed =
        requests.p95Seconds().isEmpty()
            ? "no requests lately"
            : "p95 " + millis(requests.p95Seconds().getAsDouble());
    return speed + " · " + Amounts.count(requests.errorsInADay(), "error", "errors") + " in 24 h";
  }

  private static String millis(double seconds) {
    double millis = seconds * MILLIS;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  private static String said(Usage.Database database) {
    return "%s · %s · %d of %d connections"
        .formatted(
            database.version(),
            new ByteSize(database.bytes()),
            database.connections(),
            database.mostConnections());
  }

  Row disk() {
    Usage.Space disk = usage.disk();
    String free = new ByteSize(disk.freeBytes()) + " free";
    if (disk.daysLeft().isEmpty()) {
      return Row.of(Glyph.WELL, "disk", free);
    }
    long days = disk.daysLeft().getAsLong();
    return Row.of(
        days < SOON_DAYS ? Glyph.WARNING : Glyph.WELL,
        "disk",
        free + " · lasts about " + Amounts.roughly(days));
  }

  Optional<Row> certificate() {
    return usage.certificate().map(this::row);
  }

  private Row row(ServedCertificate certificate) {
    boolean well = CertificateCheck.judge(Optional.of(certificate), now).ok();
    String ends =
        certificate
            .until()
            .map(until ->
                (certificate.own() ? "own certificate · " : "")
                    + (until.isAfter(now)
                        ? "valid for "
                            + Amounts.count(Duration.between(now, until).toDays(), "day", "days")
                        : "expired"))
            .orElse("cannot be read");
    return Row.of(well ? Glyph.WELL : Glyph.WARNING, "tls", ends);
  }

  void members(JsonWriter json) {
    json.object(
        "disk",
        disk -> {
          disk.field("freeBytes", usage.disk().freeBytes());
          usage
              .disk()
              .daysLeft()
              .ifPresentOrElse(d -> disk.field("daysLeft", d), () -> disk.nullField("daysLeft"));
        });
    usage
        .requests()
        .ifPresent(requests ->
            json.object(
                "traffic",
                traffic -> {
                  traffic.field("requestsLately", requests.lately());
                  requests
                      .p95Seconds()
                      .ifPresentOrElse(
                          p95 -> traffic.field("p95Millis", p95 * MILLIS),
                          () -> traffic.nullField("p95Millis"));
                  traffic.field("errorsIn24Hours", requests.errorsInADay());
                }));
    usage
        .database()
        .ifPresent(database ->
            json.object(
                "database",
                o ->
                    o.field("version", database.version())
                        .field("bytes", database.bytes())
                        .field("connections", database.connections())
                        .field("mostConnections", database.mostConnections())));
    usage
        .certificate()
        .ifPresent(certificate ->
            json.object(
                "certificate",
                o ->
                    o.field("own", certificate.own())
                        .field("until", certificate.until().orElse(null))));
  }
}
