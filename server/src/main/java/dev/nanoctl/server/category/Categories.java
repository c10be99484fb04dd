package dev.nanoctl.server.category;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.broadcast.Changes;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoTrail;
import dev.nanoctl.server.nano.RowMatch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The categories nanos are filed under. */
public final class Categories {
  /** What an answer shows that shows categories. */
  static final String TOPIC = "categories";

  private final Jdbi jdbi;
  private final Audit audit;
  private final Changes changes;
  private final NanoTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final CategoryStore store = new CategoryStore();

  /** The categories in this database. */
  public Categories(
      Jdbi jdbi,
      Audit audit,
      Changes changes,
      NanoTrail trail,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.audit = audit;
    this.changes = changes;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  /** Adds a category at the top unless there is one with this slug; true when it was added. */
  public boolean ensure(Handle tx, String slug, String nameDe, String nameEn) {
    var category = new Category(ids.get(), slug, new Category.Names(nameDe, nameEn), null, true, 1);
    boolean added = store.ensure(tx, category, clock.instant());
    if (added) {
      touch(tx);
    }
    return added;
  }

  /** Those in use, with how many published nanos stand on them and below. */
  List<CategoryTree.Counted> counted() {
    return jdbi.withHandle(tx -> new CategoryTree(store.all(tx)).counted(store.counts(tx)));
  }

  List<Category> all() {
    return jdbi.withHandle(store::all);
  }

  /** Adds a category. */
  Category create(Caller caller, Category wanted) {
    return jdbi.inTransaction(tx -> {
      store.lock(tx);
      Category category =
          new Category(
              ids.get(), wanted.slug(), wanted.names(), wanted.parent(), wanted.active(), 1);
      check(new CategoryTree(store.all(tx)), null, category);
      store.insert(tx, category, clock.instant());
      finish(tx, caller, "category.create", category);
      return category;
    });
  }

  /** Changes a category: the function gets what there is and answers what shall be. */
  Category change(
      Caller caller, UUID id, Optional<String> ifMatch, UnaryOperator<Category> change) {
    return jdbi.inTransaction(tx -> {
      store.lock(tx);
      Category before = store.find(tx, id).orElseThrow(Categories::notFound);
      RowMatch.require(ifMatch, before.rowVersion());
      Category after = change.apply(before);
      check(new CategoryTree(store.all(tx)), before, after);
      store.update(tx, after, clock.instant());
      if (isFiledDifferently(before, after)) {
        trail.refiled(tx, id);
      }
      finish(tx, caller, "category.update", after);
      return store.find(tx, id).orElseThrow();
    });
  }

  /** Removes a category that nothing stands on. */
  void delete(Caller caller, UUID id) {
    jdbi.useTransaction(tx -> {
      store.lock(tx);
      Category category = store.find(tx, id).orElseThrow(Categories::notFound);
      if (store.used(tx, id) || new CategoryTree(store.all(tx)).hasChildren(category.slug())) {
        throw new ApiException(
            ApiError.CONFLICT,
            "Unter diesem Thema stehen noch Nanos oder Themen. Es lässt sich ausblenden.",
            "There are still Nanos or topics below this topic. You can hide it.");
      }
      store.delete(tx, id);
      finish(tx, caller, "category.delete", category);
    });
  }

  private static boolean isFiledDifferently(Category before, Category after) {
    return !before.slug().equals(after.slug())
        || !before.names().equals(after.names())
        || !Objects.equals(before.parent(), after.parent());
  }

  private void finish(Handle tx, Caller caller, String action, Category category) {
    audit.record(
        tx,
        AuditEvent.done(caller.actor(), action, "category:" + category.id())
            .with(JsonObject.builder().put("slug", category.slug()).build()));
    touch(tx);
  }

  private void touch(Handle tx) {
    changes.touch(tx, TOPIC, NanoTrail.LISTS);
  }

  private static void check(CategoryTree tree, @Nullable Category before, Category after) {
    List<FieldError> errors = new ArrayList<>();
    Optional<Category> same = tree.find(after.slug());
    if (same.isPresent() && !same.get().id().equals(after.id())) {
      errors.add(
          new FieldError(
              "slug", "taken", "Diesen Kurznamen gibt es schon.", "This slug is taken."));
    }
    String parent = after.parent();
    if (parent != null) {
      parentError(tree, before, parent).ifPresent(errors::add);
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
  }

  private static Optional<FieldError> parentError(
      CategoryTree tree, @Nullable Category before, String parent) {
    if (tree.find(parent).isEmpty()) {
      return Optional.of(
          new FieldError(
              "parent",
              "invalid_choice",
              "Dieses Thema gibt es nicht.",
              "There is no such topic."));
    }
    List<String> path = tree.path(parent);
    if (before != null && path.contains(before.slug())) {
      return Optional.of(
          new FieldError(
              "parent",
              "circular",
              "Ein Thema kann nicht unter sich selbst stehen.",
              "A topic cannot stand below itself."));
    }
    int height = before == null ? 1 : tree.height(before.slug());
    return path.size() + height > CategoryTree.DEEPEST
        ? Optional.of(
            new FieldError(
                "parent",
                "too_deep",
                "Es gibt höchstens %d Ebenen.".formatted(CategoryTree.DEEPEST),
                "There are at most %d levels.".formatted(CategoryTree.DEEPEST)))
        : Optional.empty();
  }

  private static ApiException notFound() {
    return new ApiException(
        ApiError.NOT_FOUND, "Dieses Thema gibt es nicht.", "There is no such topic.");
  }
}
