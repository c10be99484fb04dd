package dev.nanoctl.server.category;

import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoTrail;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The endpoints of categories. */
public final class CategoryRoutes implements Routes {
  private static final String SLUG = "[a-z0-9]+(-[a-z0-9]+)*";

  private static final Schema SHOWN =
      Schema.named(
          "Category",
          Schema.object()
              .required("slug", Schema.text())
              .required("name_de", Schema.text())
              .required("name_en", Schema.text())
              .required("parent", Schema.nullable(Schema.text()))
              .required("count", Schema.count()));

  private static final Schema MANAGED =
      Schema.named(
          "ManagedCategory",
          Schema.object()
              .required("id", Schema.uuid())
              .required("slug", Schema.text())
              .required("name_de", Schema.text())
              .required("name_en", Schema.text())
              .required("parent", Schema.nullable(Schema.text()))
              .required("active", Schema.bool())
              .required("row_version", Schema.count()));

  private static final Schema.Fields FORM =
      Schema.object()
          .required("slug", Schema.text(1, 80, SLUG))
          .required("name_de", Schema.text(1, 80))
          .required("name_en", Schema.text(1, 80))
          .optional("parent", Schema.text(0, 80))
          .optional("active", Schema.bool());

  private final Categories categories;

  /** The endpoints of these categories. */
  public CategoryRoutes(Categories categories) {
    this.categories = categories;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("categories")
            .summary("Topics, with how many Nanos each has")
            .answers(200, Schema.list(SHOWN))
            .cached(Categories.TOPIC, NanoTrail.LISTS)
            .handle(this::list),
        Endpoint.get("admin/categories")
            .summary("All topics, hidden ones included")
            .access(Access.ADMIN)
            .answers(200, Schema.list(MANAGED))
            .handle(_ -> {
              List<Category> all = categories.all();
              return Answer.ok(json -> json.array(all, (out, c) -> c.writeAll(out)));
            }),
        Endpoint.post("admin/categories")
            .summary("Add a topic")
            .access(Access.ADMIN)
            .body(FORM)
            .answers(201, MANAGED)
            .handle(this::create),
        Endpoint.patch("admin/categories/{id}")
            .summary("Change a topic")
            .access(Access.ADMIN)
            .body(FORM.partial())
            .answers(200, MANAGED)
            .errors(ApiError.NOT_FOUND, ApiError.PRECONDITION_FAILED)
            .handle(this::change),
        Endpoint.delete("admin/categories/{id}")
            .summary("Remove an empty topic")
            .access(Access.ADMIN)
            .answersEmpty(204)
            .errors(ApiError.NOT_FOUND, ApiError.CONFLICT)
            .handle(call -> {
              categories.delete(Caller.of(call), call.uuid("id"));
              return Answer.noContent();
            }));
  }

  private Answer list(Call call) {
    List<CategoryTree.Counted> all = categories.counted();
    return Answer.ok(
        json -> json.array(all, (out, shelf) -> shelf.category().write(out, shelf.count())));
  }

  private Answer create(Call call) {
    Body body = call.body();
    var names = new Category.Names(body.text("name_de"), body.text("name_en"));
    @Nullable String parent = body.findText("parent").orElse(null);
    var wanted =
        new Category(
            new UUID(0, 0), body.text("slug"), names, parent, body.flag("active", true), 1);
    return one(201, categories.create(Caller.of(call), wanted));
  }

  private Answer change(Call call) {
    Body body = call.body();
    return one(
        200,
        categories.change(
            Caller.of(call),
            call.uuid("id"),
            call.header("If-Match"),
            before ->
                new Category(
                    before.id(),
                    body.findText("slug").orElse(before.slug()),
                    new Category.Names(
                        body.findText("name_de").orElse(before.names().german()),
                        body.findText("name_en").orElse(before.names().english())),
                    body.has("parent") ? body.findText("parent").orElse(null) : before.parent(),
                    body.flag("active", before.active()),
                    before.rowVersion())));
  }

  private static Answer one(int status, Category category) {
    return Answer.json(status, category::writeAll).etag(category.rowVersion());
  }
}
