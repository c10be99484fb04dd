package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What creators do with their nanos. */
public final class Nanos {
  private final Jdbi jdbi;
  private final NanoTrail trail;
  private final ReviewDesk desk;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final NanoStore store = new NanoStore();
  private final VersionStore versions = new VersionStore();

  /** Nanos in this database. */
  public Nanos(
      Jdbi jdbi, NanoTrail trail, ReviewDesk desk, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.trail = trail;
    this.desk = desk;
    this.clock = clock;
    this.ids = ids;
  }

  /** Makes a draft from what the form holds. */
  public UUID create(Caller caller, JsonObject form) {
    return jdbi.inTransaction(tx -> {
      NanoFields fields = NanoForm.read(form, slugs -> store.missingCategories(tx, slugs));
      UUID id = ids.get();
      insert(tx, caller, id, fields);
      trail.record(tx, caller.actor(), "nano.create", id);
      return id;
    });
  }

  /** Changes what the form names; {@code ifMatch} is the request's header. */
  public void change(Caller caller, UUID id, Optional<String> ifMatch, JsonObject form) {
    jdbi.useTransaction(tx -> {
      NanoRow nano = store.lock(tx, id).orElseThrow(Guard::notFound);
      NanoStatus next = Guard.require(nano, NanoAction.EDIT, caller.who());
      RowMatch.require(ifMatch, nano.state().rowVersion());
      NanoFields before = nano.fields();
      NanoFields fields =
          NanoForm.change(
              before,
              form,
              slugs ->
                  store.missingCategories(tx, slugs).stream()
                      .filter(slug -> !before.categories().contains(slug))
                      .toList());
      store.change(tx, nano, fields, next, clock.instant());
      trail.record(tx, caller.actor(), "nano.update", id);
      tellReaders(tx, id, next);
    });
  }

  /** Hands the newest version in for review; everything that is missing is told at once. */
  public void submit(Caller caller, UUID id) {
    jdbi.useTransaction(tx -> {
      NanoRow nano = store.lock(tx, id).orElseThrow(Guard::notFound);
      NanoStatus next = Guard.require(nano, NanoAction.SUBMIT, caller.who());
      Optional<NanoVersionRow> newest = versions.newest(tx, id);
      List<FieldError> missing = SubmitCheck.missing(nano.fields(), newest);
      if (!missing.isEmpty()) {
        throw ApiException.invalid(missing);
      }
      NanoVersionRow version = newest.orElseThrow();
      if (!version.status().maySubmit()) {
        throw new ApiException(
            ApiError.INVALID_TRANSITION,
            "Es gibt keine neue Version, die geprüft werden könnte.",
            "There is no new version to review.");
      }
      versions.move(tx, version.id(), VersionStatus.PENDING_REVIEW);
      store.move(tx, id, next, null, clock.instant());
      desk.open(tx, id, version.id(), caller.who().id());
      trail.record(tx, caller.actor(), "nano.submit", id, version.toAudit());
    });
  }

  /** Takes a published nano off the shelf. */
  public void archive(Caller caller, UUID id) {
    move(caller, id, NanoAction.ARCHIVE, "nano.archive");
  }

  /** Puts an archived nano back on the shelf. */
  public void restore(Caller caller, UUID id) {
    move(caller, id, NanoAction.RESTORE, "nano.restore");
  }

  /** Removes a nano; it stays in the database until it is purged. */
  public void delete(Caller caller, UUID id, Optional<String> ifMatch) {
    jdbi.useTransaction(tx -> {
      NanoRow nano = store.lock(tx, id).orElseThrow(Guard::notFound);
      Guard.require(nano, NanoAction.DELETE, caller.who());
      RowMatch.require(ifMatch, nano.state().rowVersion());
      store.move(tx, id, NanoStatus.DELETED, null, clock.instant());
      trail.record(tx, caller.actor(), "nano.delete", id);
      tellReaders(tx, id, nano.state().status());
    });
  }

  private void move(Caller caller, UUID id, NanoAction action, String audited) {
    jdbi.useTransaction(tx -> {
      NanoRow nano = store.lock(tx, id).orElseThrow(Guard::notFound);
      NanoStatus next = Guard.require(nano, action, caller.who());
      withdraw(tx, id);
      store.move(tx, id, next, null, clock.instant());
      trail.record(tx, caller.actor(), audited, id);
      trail.changed(tx, id);
    });
  }

  private void withdraw(Handle tx, UUID id) {
    desk.withdraw(tx, id);
    versions
        .newest(tx, id)
        .filter(version -> version.status() == VersionStatus.PENDING_REVIEW)
        .ifPresent(version -> versions.move(tx, version.id(), VersionStatus.DRAFT));
  }

  private void insert(Handle tx, Caller caller, UUID id, NanoFields fields) {
    var state = new NanoRow.State(NanoStatus.DRAFT, null, null, null, null, 1);
    String slug = Slugs.of(fields.about().title(), id);
    store.insert(tx, new NanoRow(id, caller.who().id(), slug, fields, state), clock.instant());
    store.setCategories(tx, id, fields.categories());
  }

  private void tellReaders(Handle tx, UUID id, NanoStatus status) {
    if (status == NanoStatus.PUBLISHED || status == NanoStatus.ARCHIVED) {
      trail.changed(tx, id);
    }
  }
}
