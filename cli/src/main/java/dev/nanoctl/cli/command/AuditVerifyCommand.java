package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code nanoctl audit verify}. */
@Command(
    name = "verify",
    description = "Read the whole audit log and check that no entry was changed or removed.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:unchanged", "3:an entry was changed or removed"})
public final class AuditVerifyCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Upkeep upkeep;

  /** Checks the instance that is meant. */
  public AuditVerifyCommand(Invocation invocation, Upkeep upkeep) {
    this.invocation = invocation;
    this.upkeep = upkeep;
  }

  @Override
  public Integer call() {
    Upkeep.AuditCheck check = upkeep.verifyAudit(invocation.site());
    boolean whole = check.firstBroken().isEmpty();
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> {
        json.field("ok", whole).field("checked", check.checked());
        check.firstBroken().ifPresent(entry -> json.field("firstBroken", entry));
      });
    } else if (whole) {
      String entries = Amounts.count(check.checked(), "entry", "entries");
      output.row(Row.of(Glyph.WELL, "audit log", entries + " · the chain is whole"), 0);
    } else {
      output.row(
          new Row(
              Glyph.BROKEN,
              "audit log",
              "entry " + check.firstBroken().getAsLong() + " was changed, or one before it removed",
              "nanoctl explain NC-AUDIT-BROKEN"),
          0);
    }
    return whole ? 0 : NOT_WELL;
  }
}
