package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Imports straight into the catalogue. */
public final class PublishedImports implements NanoImports {
  private static final Semver FIRST = Semver.of("1.0.0").orElseThrow();

  /** A package and who brings it. */
  private record Delivery(UUID packageId, UUID userId) {}

  private final NanoTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final NanoStore store = new NanoStore();
  private final VersionStore versions = new VersionStore();

  /** Imports that leave their traces on this trail. */
  public PublishedImports(NanoTrail trail, InstantSource clock, Supplier<UUID> ids) {
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public ImportedNano importPublished(
      Handle tx, NanoFields fields, UUID packageId, String source, UUID importingUser) {
    List<FieldError> errors = NanoForm.errors(fields, slugs -> store.missingCategories(tx, slugs));
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    Optional<NanoRow> found = store.lockBySource(tx, source);
    if (found.isEmpty()) {
      UUID id = ids.get();
      NanoRow nano = insert(tx, id, fields, source, importingUser);
      publish(tx, nano, fields, new Delivery(packageId, importingUser), null);
      return new ImportedNano(id, nano.slug(), ImportedNano.Result.CREATED);
    }
    NanoRow nano = found.get();
    Optional<NanoVersionRow> newest = versions.newest(tx, nano.id());
    if (nano.state().status() != NanoStatus.PUBLISHED
        || (newest.isPresent() && !differs(tx, newest.get(), fields, packageId))) {
      return new ImportedNano(nano.id(), nano.slug(), ImportedNano.Result.UNCHANGED);
    }
    store.change(tx, nano, fields, NanoStatus.PUBLISHED, clock.instant());
    publish(tx, nano, fields, new Delivery(packageId, importingUser), newest.orElse(null));
    return new ImportedNano(nano.id(), nano.slug(), ImportedNano.Result.UPDATED);
  }

  /** Compares with what was imported last, so that an edit made here is no reason to import. */
  private boolean differs(Handle tx, NanoVersionRow newest, NanoFields fields, UUID packageId) {
    Optional<JsonObject> before = versions.approvedMetadata(tx, newest.id());
    return !newest.packageId().equals(packageId)
        || before.isEmpty()
        || !Json.parseObject(Json.text(NanoJson.fields(fields))).equals(before.get());
  }

  private NanoRow insert(Handle tx, UUID id, NanoFields fields, String source, UUID importingUser) {
    var state = new NanoRow.State(NanoStatus.DRAFT, null, null, source, null, 1);
    String slug = Slugs.of(fields.about().title(), id);
    NanoRow nano = new NanoRow(id, importingUser, slug, fields, state);
    store.insert(tx, nano, clock.instant());
    store.setCategories(tx, id, fields.categories());
    return nano;
  }

  private void publish(
      Handle tx,
      NanoRow nano,
      NanoFields fields,
      Delivery delivery,
      @Nullable NanoVersionRow before) {
    Instant now = clock.instant();
    NanoVersionRow version =
        new NanoVersionRow(
            ids.get(),
            before == null ? 1 : before.number() + 1,
            before == null ? FIRST : before.semver().nextPatch(),
            null,
            delivery.packageId(),
            VersionStatus.DRAFT);
    versions.insert(tx, nano.id(), version, delivery.userId(), now);
    versions.approve(tx, version.id(), Json.text(NanoJson.fields(fields)), now);
    store.publish(tx, nano.id(), version.id(), now);
    AuditEvent.Actor actor = new AuditEvent.Actor(delivery.userId(), "admin", null, null);
    trail.record(tx, actor, "nano.publish", nano.id(), version.toAudit());
    trail.changed(tx, nano.id());
  }
}
