package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl certs renew}. */
@Command(
    name = "renew",
    description = {
      "Get a new certificate from the authority now, and show it without a restart.",
      "The agent does so by itself when a third of a certificate's life is left."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:there is a new certificate, or with --due none is needed yet",
      "2:server.tls.mode is not acme",
      "11:a certificate is being asked for already",
      "14:the authority gave none; the message says why"
    })
public final class CertsRenewCommand implements Runnable {
  private final Invocation invocation;
  private final Certs certs;

  @Option(
      names = "--rehearse",
      description = "Try it with the authority's rehearsal service; change and show nothing.")
  private boolean rehearse;

  @Option(names = "--due", description = "Only if it is time to, as the agent does.")
  private boolean due;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Renews the certificate of the instance that is meant. */
  public CertsRenewCommand(Invocation invocation, Certs certs) {
    this.invocation = invocation;
    this.certs = certs;
  }

  @Override
  public void run() {
    if (rehearse && due) {
      throw new Problem.Usage(
              "NC-USAGE", "--rehearse and --due exclude each other", "give one of them")
          .raise();
    }
    Output output = invocation.output();
    SiteFolder site = invocation.site();
    if (plan) {
      PlanLine.print(output, "certs renew", "ask the authority for a certificate, and show it");
    } else if (rehearse) {
      URI asked = certs.rehearse(site);
      output.fact(
          json -> json.field("rehearsed", true).field("authority", asked.toString()),
          Row.of(Glyph.DONE, "rehearsed", "%s would give one".formatted(asked.getHost())));
    } else if (due) {
      boolean renewed = certs.renewWhenDue(site);
      output.fact(
          json -> json.field("renewed", renewed),
          Row.of(Glyph.DONE, "certificate", renewed ? "renewed" : "not due yet"));
    } else {
      boolean shown = certs.renew(site);
      output.fact(
          json -> json.field("renewed", true).field("shown", shown),
          Row.of(
              Glyph.DONE, "certificate", shown ? "renewed and shown" : "renewed, not shown yet"));
    }
  }
}
