package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.doctor.CertificateCheck;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.tls.CertificateView;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code nanoctl certs status}. */
@Command(
    name = "status",
    description = "Show which certificate is served, until when, and when the next one is due.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:the certificate is well, or none is needed", "3:it is not well"})
public final class CertsStatusCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Certs certs;
  private final InstantSource clock;

  /** Shows the certificate of the instance that is meant. */
  public CertsStatusCommand(Invocation invocation, Certs certs, InstantSource clock) {
    this.invocation = invocation;
    this.certs = certs;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    CertificateView view = certs.view(invocation.site());
    CheckResult result = CertificateCheck.judge(view.served(), clock.instant());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> members(json, view, result));
    } else if (!output.wishes().quiet()) {
      output.rows(rows(view, result));
    }
    return result.ok() ? 0 : NOT_WELL;
  }

  private static void members(JsonWriter json, CertificateView view, CheckResult result) {
    json.field("healthy", result.ok());
    if (!result.ok()) {
      json.object(
          "problem",
          problem ->
              problem
                  .field("code", result.code())
                  .field("message", result.message())
                  .field("fix", result.fix()));
    }
    view.served()
        .ifPresent(served ->
            json.field("mode", mode(served))
                .field("host", served.host())
                .array("names", served.names(), (array, name) -> array.value(name))
                .field("from", served.life().map(ServedCertificate.Life::from).orElse(null))
                .field("until", served.until().orElse(null))
                .field("shown", served.shown()));
    json.field("issuer", view.issuer())
        .field("fingerprint", view.fingerprint())
        .field("next", view.next().orElse(null))
        .field("previous", view.previous());
  }

  private static List<Row> rows(CertificateView view, CheckResult result) {
    var rows = new ArrayList<Row>();
    rows.add(
        new Row(result.ok() ? Glyph.WELL : Glyph.WARNING, "tls", result.message(), result.fix()));
    view.served()
        .ifPresent(served -> {
          rows.add(Row.of(Glyph.IDLE, "from", mode(served) + " · " + view.issuer()));
          rows.add(Row.of(Glyph.IDLE, "names", String.join(", ", served.names())));
          served.until().ifPresent(until -> rows.add(Row.of(Glyph.IDLE, "until", day(until))));
          view.next().ifPresent(next -> rows.add(Row.of(Glyph.IDLE, "next", day(next))));
          rows.add(Row.of(Glyph.IDLE, "sha-256", view.fingerprint()));
        });
    return rows;
  }

  private static String mode(ServedCertificate served) {
    return served.mode().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 16).replace('T', ' ') + " UTC";
  }
}
