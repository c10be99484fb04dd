package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl certs import}. */
@Command(
    name = "import",
    description = {
      "Serve a certificate of your own.",
      "It is checked first: that the key is its own, that each certificate of the chain is "
          + "signed by the next, that it is valid now and for the site's name. Both are copied "
          + "into the site's secrets; the pair before is kept for --back."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:it is served, or will be after the restart that is named",
      "2:files are missing on the command line, or there is no earlier pair",
      "13:it cannot be served; nothing was changed"
    })
public final class CertsImportCommand implements Runnable {
  private final Invocation invocation;
  private final Certs certs;
  private final Operations operations;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "The certificate with its chain, PEM; the site's own first.")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "Its key, PEM (PKCS #8).")
  private @Nullable Path key;

  @Option(names = "--back", description = "Go back to the pair before instead.")
  private boolean back;

  @Option(names = "--plan", description = "Only check the files, and change nothing.")
  private boolean plan;

  /** Imports into the instance that is meant. */
  public CertsImportCommand(Invocation invocation, Certs certs, Operations operations) {
    this.invocation = invocation;
    this.certs = certs;
    this.operations = operations;
  }

  @Override
  public void run() {
    SiteFolder site = invocation.site();
    Path chain = certificate;
    Path secret = key;
    if (back) {
      if (chain != null || secret != null) {
        throw usage().raise();
      }
      if (plan) {
        PlanLine.print(invocation.output(), "certs import", "serve the pair before again");
      } else {
        operations.exclusively(site, "certs import", () -> report("went back", certs.back(site)));
      }
      return;
    }
    if (chain == null || secret == null) {
      throw usage().raise();
    }
    if (plan) {
      certs.check(site, chain, secret);
      PlanLine.print(invocation.output(), "certs import", "serve this pair; it passed all checks");
      return;
    }
    operations.exclusively(
        site, "certs import", () -> report("imported", certs.take(site, chain, secret)));
  }

  private static Problem usage() {
    return new Problem.Usage(
        "NC-USAGE",
        "certs import needs --certificate and --key, or --back",
        "nanoctl certs import --certificate FILE --key FILE");
  }

  private void report(String what, Certs.Taken taken) {
    Output output = invocation.output();
    String text =
        switch (taken) {
          case SHOWN -> what + " and shown";
          case IN_PLACE -> what + ", not seen at the server yet";
          case AFTER_RESTART -> what + ", shown after a restart";
        };
    String remedy = taken == Certs.Taken.AFTER_RESTART ? invocation.command("restart") : "";
    output.fact(
        json -> json.field("done", what).field("state", taken.name().toLowerCase(Locale.ROOT)),
        new Row(Glyph.DONE, "certificate", text, remedy));
  }
}
