package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place that backups are to be kept at, and where its recovery kit goes. */
final class TargetEntry {
  private final Invocation invocation;
  private final Backups.NewTarget wanted;
  private final Optional<KitFile> kit;

  private TargetEntry(Invocation invocation, Backups.NewTarget wanted, Optional<KitFile> kit) {
    this.invocation = invocation;
    this.wanted = wanted;
    this.kit = kit;
  }

  /**
   * An entry that can be carried out.
   *
   * @param kit where the kit is written; null shows it
   * @param verb whose help has more
   * @throws dev.nanoctl.core.ProblemException {@code NC-USAGE} where the kit can neither be written
   *     nor shown
   */
  static TargetEntry of(
      Invocation invocation, Backups.NewTarget wanted, @Nullable Path kit, String verb) {
    var wishes = invocation.output().wishes();
    if (kit == null && (wishes.json() || wishes.quiet())) {
      throw new Problem.Usage(
              "NC-USAGE",
              "the recovery kit is shown once: --kit FILE says where it goes",
              "nanoctl %s --help".formatted(verb))
          .raise();
    }
    return new TargetEntry(invocation, wanted, Optional.ofNullable(kit).map(KitFile::reserve));
  }

  Backups.NewTarget wanted() {
    return wanted;
  }

  /** The file of the kit, if it is not shown. */
  Optional<Path> kit() {
    return kit.map(KitFile::path);
  }

  /** Makes the repository and writes the kit, if it goes into a file. */
  Backups.Added add(Backups backups) {
    Backups.Added added = backups.addTarget(invocation.site(), wanted);
    kit.ifPresent(file -> file.write(added.kit()));
    return added;
  }

  /** Tells people about it, with the kit where it is in no file. */
  void tell(Backups.Added added) {
    Output output = invocation.output();
    if (output.wishes().quiet()) {
      return;
    }
    output.row(
        new Row(
            Glyph.DONE,
            added.name(),
            "backups are kept at " + added.place(),
            invocation.command("backup create")),
        0);
    added.remarks().forEach(remark -> output.row(Row.of(Glyph.WARNING, "note", remark), 0));
    if (kit.isPresent()) {
      output.row(
          Row.of(Glyph.DONE, "kit", kit.get().path() + "; print it and keep it elsewhere"), 0);
    } else {
      output.gap();
      output.script(added.kit().text().value());
    }
  }
}
