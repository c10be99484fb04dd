package dev.nanoctl.server.importing;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.media.PackageRef;
import dev.nanoctl.server.media.Packages;
import dev.nanoctl.server.media.WorkFolder;
import dev.nanoctl.server.media.pack.Finding;
import dev.nanoctl.server.media.pack.Validation;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.nano.ImportedNano;
import dev.nanoctl.server.nano.NanoFields;
import dev.nanoctl.server.nano.NanoImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Brings nanos in by the hundred. Each item is one transaction, its object stored before its rows,
 * so that an import that was killed leaves whole nanos or none and goes on when it is run again.
 */
public final class Imports {
  /** Enough to keep two processors and a disk busy at once. */
  private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  /**
   * What an import works with.
   *
   * @param jdbi the database
   * @param packages where packages go
   * @param nanos where nanos go
   * @param shelf where categories go
   * @param audit the record of what happened
   * @param work a folder for what is unpacked
   */
  public record Parts(
      Jdbi jdbi,
      Packages packages,
      NanoImports nanos,
      CategoryShelf shelf,
      Audit audit,
      WorkFolder work) {}

  private final Parts parts;

  /** Imports made of these parts. */
  public Imports(Parts parts) {
    this.parts = parts;
  }

  /**
   * Imports all that is in the source and was not imported before, published under this
   * administrator's name. A rejected entry does not stop the others; a {@link
   * dev.nanoctl.core.ProblemException} tells why the import as a whole cannot begin or go on.
   */
  public ImportSummary run(ImportSource source, Principal admin, ImportListener listener) {
    ImportRun run = new ImportRun(listener);
    Path unpacked = null;
    try {
      List<Rejection> spoilt = List.of();
      if (Files.isRegularFile(source.path()) && ImportScan.isGzip(source.path())) {
        unpacked = parts.work().newFolder();
        spoilt = TarUnpacker.unpack(source.path(), unpacked);
      }
      ImportScan scan = ImportScan.of(source.path(), unpacked, spoilt);
      if (scan.items().isEmpty() && scan.rejections().isEmpty()) {
        throw ImportProblems.notImportable(source.path());
      }
      importAll(scan, run, admin);
      ImportSummary summary = run.summary();
      record(source, admin, summary);
      return summary;
    } catch (IOException e) {
      throw ImportProblems.unreadable(source.path(), e);
    } catch (ObjectStoreException e) {
      throw ImportProblems.store(e);
    } finally {
      remove(unpacked);
    }
  }

  private void importAll(ImportScan scan, ImportRun run, Principal admin) throws IOException {
    run.expect(scan.items().size() + scan.rejections().size());
    scan.rejections().forEach(run::reject);
    addCategories(scan, run);
    List<PreparedItem> prepared = new ArrayList<>();
    for (ImportItem item : scan.items()) {
      try {
        PreparedItem ready = PreparedItem.of(item);
        run.claim(ready.source(), item.entry());
        prepared.add(ready);
      } catch (Refused refused) {
        run.reject(refused.of(item.entry()));
      }
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<?>> futures = new ArrayList<>();
      prepared.forEach(item -> futures.add(workers.submit(() -> importItem(item, run, admin))));
      finish(workers, futures);
    }
  }

  /** Waits for all; the first that fails for a reason beyond its item stops the rest. */
  private static void finish(ExecutorService workers, List<Future<?>> futures) throws IOException {
    try {
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      workers.shutdownNow();
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
      throw ImportProblems.interrupted();
    }
  }

  private void addCategories(ImportScan scan, ImportRun run) throws IOException {
    List<CategoryFile.Shelf> shelves = new ArrayList<>();
    shelves.add(
        new CategoryFile.Shelf(
            PackageDraft.CATEGORY, PackageDraft.CATEGORY_DE, PackageDraft.CATEGORY_EN));
    for (Path file : scan.categories()) {
      try {
        shelves.addAll(CategoryFile.read(file));
      } catch (Refused refused) {
        run.expect(1);
        run.reject(refused.of(ImportScan.CATEGORIES));
      }
    }
    boolean packages = scan.items().stream().anyMatch(item -> !item.isFolder());
    parts
        .jdbi()
        .useTransaction(tx ->
            shelves.stream()
                .skip(packages ? 0 : 1)
                .forEach(s -> parts.shelf().ensure(tx, s.slug(), s.nameDe(), s.nameEn())));
  }

  private @Nullable Void importItem(PreparedItem prepared, ImportRun run, Principal admin)
      throws IOException {
    ImportItem item = prepared.item();
    Path packed = item.isFolder() ? parts.work().newFile() : item.path();
    try {
      if (item.isFolder()) {
        GuidePacker.pack(item.path(), packed);
      }
      Validation validation = validate(packed);
      NanoFields fields = fields(prepared, validation);
      switch (publish(prepared, fields, validation, packed, admin)) {
        case CREATED, UPDATED -> run.imported();
        case UNCHANGED -> run.unchanged();
      }
    } catch (Refused refused) {
      run.reject(refused.of(item.entry()));
    } catch (ApiException e) {
      run.reject(new Rejection(item.entry(), e.error().name(), NanoManifest.describe(e)));
    } finally {
      if (item.isFolder()) {
        Files.deleteIfExists(packed);
      }
    }
    return null;
  }

  private Validation validate(Path packed) throws IOException, Refused {
    Validation validation = parts.packages().validate(packed);
    List<Finding> errors =
        validation.report().findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .toList();
    if (!errors.isEmpty()) {
      Finding first = errors.getFirst();
      String where = first.entry() == null ? "" : first.entry() + ": ";
      String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
      throw new Refused(first.code().name(), where + first.inEnglish() + more);
    }
    return validation;
  }

  private static NanoFields fields(PreparedItem prepared, Validation validation) throws Refused {
    Optional<JsonObject> manifest = prepared.manifest();
    return manifest.isPresent()
        ? NanoManifest.read(manifest.get(), PackageDraft.format(validation.report()))
        : PackageDraft.of(validation, ImportScan.name(prepared.item().path()));
  }

  private ImportedNano.Result publish(
      PreparedItem prepared, NanoFields fields, Validation validation, Path packed, Principal admin)
      throws IOException {
    return parts
        .jdbi()
        .inTransaction(tx -> {
          PackageRef ref = parts.packages().add(tx, validation, packed);
          return parts
              .nanos()
              .importPublished(tx, fields, ref.id(), prepared.source(), admin.id())
              .result();
        });
  }

  private void record(ImportSource source, Principal admin, ImportSummary summary) {
    AuditEvent event =
        AuditEvent.done(AuditEvent.Actor.of(admin), "nano.import", null)
            .with(
                JsonObject.builder()
                    .put("source", ImportScan.name(source.path()))
                    .put("imported", summary.imported())
                    .put("unchanged", summary.unchanged())
                    .put("rejected", summary.rejected().size())
                    .build());
    parts.jdbi().useTransaction(tx -> parts.audit().record(tx, event));
  }

  private static void remove(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      WorkFolder.remove(folder);
    } catch (IOException e) {
      // what stays behind is removed when the folder is opened again
    }
  }
}
