package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The catalogue for other machines: a site map, an Atom feed, and metadata in the AMB profile. */
public final class Feeds {
  /** The most addresses a site map may have. */
  private static final int SITEMAP = 50_000;

  private static final int ATOM = 50;
  private static final String AMB = "https://w3id.org/kim/amb/context.jsonld";

  private final Jdbi jdbi;
  private final String home;
  private final FeedStore store = new FeedStore();
  private final SearchStore described = new SearchStore();

  /** Feeds of this database, with addresses below this one. */
  public Feeds(Jdbi jdbi, URI publicUrl) {
    this.jdbi = jdbi;
    String url = publicUrl.toString();
    this.home = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** The addresses of all pages a search engine should know. */
  byte[] sitemap() {
    Xml xml = new Xml();
    xml.open("urlset", "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    xml.open("url").text("loc", home + "/").close("url");
    for (FeedStore.Entry entry : newest(SITEMAP - 1)) {
      xml.open("url")
          .text("loc", page(entry.slug()))
          .text("lastmod", entry.times().updated().toString())
          .close("url");
    }
    return xml.close("urlset").bytes();
  }

  /** The newest nanos as an Atom feed. */
  byte[] atom() {
    List<FeedStore.Entry> entries = newest(ATOM);
    Instant updated =
        entries.stream()
            .map(entry -> entry.times().updated())
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    Xml xml = new Xml();
    xml.open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xml:lang", "de")
        .text("id", home + "/")
        .text("title", "Nanos")
        .text("updated", updated.toString())
        .empty("link", "rel", "self", "href", home + "/feeds/nanos.atom")
        .empty("link", "rel", "alternate", "href", home + "/");
    entries.forEach(entry -> entry(xml, entry));
    return xml.close("feed").bytes();
  }

  private void entry(Xml xml, FeedStore.Entry entry) {
    xml.open("entry")
        .text("id", page(entry.slug()))
        .text("title", entry.title())
        .text("published", entry.times().published().toString())
        .text("updated", entry.times().updated().toString())
        .empty("link", "rel", "alternate", "type", "text/html", "href", page(entry.slug()))
        .open("author")
        .text("name", entry.author())
        .close("author");
    if (entry.summary() != null) {
      xml.text("summary", entry.summary());
    }
    xml.close("entry");
  }

  /** A published nano in the general metadata profile for educational resources. */
  Optional<byte[]> amb(String idOrSlug) {
    return jdbi.withHandle(tx -> described.published(tx, idOrSlug))
        .map(nano -> Json.bytes(json -> json.object(o -> amb(o, nano))));
  }

  private void amb(JsonWriter json, SearchDocument nano) {
    NanoFields fields = nano.fields();
    String page = page(nano.facts().slug());
    json.array(
            "@context",
            context ->
                context.value(AMB).object(o -> o.field("@language", fields.teaching().language())))
        .field("id", page)
        .texts("type", List.of("LearningResource"))
        .field("name", fields.about().title());
    optional(json, "description", fields.about().description());
    json.array(
        "creator",
        creators ->
            creators.object(person ->
                person.field("type", "Person").field("name", nano.facts().creatorName())));
    json.texts("keywords", fields.about().tags())
        .texts("inLanguage", List.of(fields.teaching().language()))
        .field("datePublished", nano.facts().publishedAt().toString())
        .field("isAccessibleForFree", true)
        .field("duration", Duration.ofMinutes(fields.teaching().durationMinutes()).toString());
    if (!fields.about().objectives().isEmpty()) {
      json.array(
          "teaches",
          fields.about().objectives(),
          (out, objective) ->
              out.object(o -> o.object("prefLabel", label -> label.field("de", objective))));
    }
    licence(json, fields.rights().licence());
    json.array(
        "mainEntityOfPage",
        pages -> pages.object(o -> o.field("id", page).field("type", "WebContent")));
  }

  private static void licence(JsonWriter json, @Nullable String id) {
    if (id != null) {
      Licences.find(id)
          .ifPresent(licence -> json.object("license", o -> o.field("id", licence.url())));
    }
  }

  private static void optional(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.field(name, value);
    }
  }

  private List<FeedStore.Entry> newest(int limit) {
    return jdbi.withHandle(tx -> store.newest(tx, limit));
  }

  private String page(String slug) {
    return home + "/nano/" + slug;
  }

  /** Writes XML; names are ours, texts and attribute values are escaped. */
  private static final class Xml {
    private final StringBuilder out =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    Xml open(String name, String... attributes) {
      return tag(name, ">", attributes);
    }

    Xml empty(String name, String... attributes) {
      return tag(name, "/>\n", attributes);
    }

    Xml close(String name) {
      out.append("</").append(name).append(">\n");
      return this;
    }

    Xml text(String name, String text) {
      open(name);
      escape(text);
      return close(name);
    }

    byte[] bytes() {
      return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Xml tag(String name, String end, String... attributes) {
      out.append('<').append(name);
      for (int i = 0; i < attributes.length; i += 2) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
      out.append(end);
      return this;
    }

    private void escape(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '&' -> out.append("&amp;");
          case '<' -> out.append("&lt;");
          case '>' -> out.append("&gt;");
          case '"' -> out.append("&quot;");
          // XML 1.0 has no way to write other control characters
          default -> out.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
        }
      }
    }
  }
}
